package dev.countersign.server.catalogue;

import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The taxes of a tenant by their names, as a catalogue file has them. */
final class TaxNames {
  /** Between the names of a product with several taxes. */
  private static final String BETWEEN = ";";

  /** Stands for a tax that there is not, and is no name of one that there is. */
  private static final String NO_NAME = "?";

  private final Map<String, UUID> ids = new HashMap<>();
  private final Map<UUID, String> names = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private @Nullable List<UUID> usual;

  /**
   * @param taxes the name of each
   */
  TaxNames(Map<UUID, String> taxes) {
    names.putAll(taxes);
    taxes.forEach(
        (id, name) -> {
          if (ids.put(name.strip(), id) != null) {
            ambiguous.add(name.strip());
          }
        });
  }

  /** Those that there are now. */
  static TaxNames of(FeedTable feed, TenantScope scope) throws SQLException {
    Map<UUID, String> names = new HashMap<>();
    feed.taxes(scope).forEach((id, tax) -> names.put(id, tax.name()));
    return new TaxNames(names);
  }

  /**
   * Those of products of whose taxes a file says nothing.
   *
   * @throws IllegalArgumentException as {@link #read}
   */
  TaxNames withUsual(String field) {
    TaxNames with = new TaxNames(names);
    with.usual = with.read(field);
    return with;
  }

  /** The taxes of a product of which the file says nothing; null leaves them as they are. */
  @Nullable List<UUID> usual() {
    return usual;
  }

  /** Whether a name can stand in a field beside others. */
  static boolean isName(String name) {
    return !name.contains(BETWEEN) && !name.equals(NO_NAME) && name.equals(name.strip());
  }

  /**
   * The taxes that a field names, in its order.
   *
   * @throws IllegalArgumentException when one is not there, is named twice, or is one of several of
   *     that name
   */
  List<UUID> read(String field) {
    List<UUID> read = new ArrayList<>();
    for (String part : field.isBlank() ? new String[0] : field.split(BETWEEN, -1)) {
      String name = part.strip();
      UUID id = ids.get(name);
      if (id == null) {
        throw new IllegalArgumentException(
            "taxes: there is no tax named '" + CatalogueRow.shown(name) + "'");
      }
      if (ambiguous.contains(name)) {
        throw new IllegalArgumentException(
            "taxes: there are several taxes named '" + CatalogueRow.shown(name) + "'");
      }
      if (read.contains(id)) {
        throw new IllegalArgumentException("taxes names a tax twice");
      }
      read.add(id);
    }
    return read;
  }

  /** The names of taxes as a field has them; a question mark for one that there is not. */
  String write(List<UUID> taxes) {
    return taxes.stream()
        .map(id -> names.getOrDefault(id, NO_NAME).strip())
        .collect(Collectors.joining(BETWEEN));
  }
}
