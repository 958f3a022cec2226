package dev.countersign.server.http;

import dev.countersign.server.account.People;
import dev.countersign.server.account.Person;
import dev.countersign.server.tenant.TenantScope;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that people have now, by their ids as records keep them. */
final class Called {
  private final Map<String, String> names = new HashMap<>();

  private Called() {}

  static Called of(People people, TenantScope scope) throws SQLException {
    Called all = new Called();
    for (Person person : people.list(scope)) {
      all.names.put(person.id().toString(), person.name());
    }
    return all;
  }

  /** The name of whoever it was; a word that is no id stays as it is. */
  @Nullable String of(@Nullable String who) {
    return who == null ? null : names.getOrDefault(who, who);
  }
}
