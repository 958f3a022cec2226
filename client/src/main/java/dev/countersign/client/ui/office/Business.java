package dev.countersign.client.ui.office;

import dev.countersign.client.sync.OfficeForms.Place;
import dev.countersign.client.sync.OfficeForms.Store;
import dev.countersign.client.ui.kit.Words;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stores of the business and the names of its roles, for the words on the pages. */
record Business(List<Store> stores, List<String> roles) {
  static final Business UNKNOWN = new Business(List.of(), List.of());

  /** A store by its name; the place of all of them for null. */
  String place(Words words, @Nullable UUID store) {
    return store == null
        ? words.say("place.all")
        : stores.stream()
            .filter(each -> each.id().equals(store))
            .map(Store::name)
            .findFirst()
            .orElse(words.say("place.other"));
  }

  /** Where somebody has which role, in one line. */
  String places(Words words, List<Place> places) {
    return places.stream()
        .map(each -> words.say("place.role", roleName(each.role()), place(words, each.store())))
        .collect(Collectors.joining(", "));
  }

  /** A role's name as a person writes it. */
  static String roleName(String role) {
    return role.isEmpty()
        ? role
        : role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
  }
}
