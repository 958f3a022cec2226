package dev.countersign.server.launch;

import dev.countersign.common.money.Quantity;
import dev.countersign.server.http.Route;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Fills whatever a request or a change is made of, with ids that a test chooses by field name. */
final class Filler {
  /** Fields of text that take an id. */
  private static final String ID_TEXT =
      "(?i).*(id|store|register|person|device|session|entity|shift|product|assignment|tenant)";

  private Filler() {}

  /** A change's body. */
  static <T> T body(Class<T> type, Function<String, UUID> ids) {
    return type.cast(value(type, type, "", ids));
  }

  /** The names of the fields of ids in a type, in the order that they are asked for. */
  static List<String> idFields(Class<?> type) {
    List<String> names = new ArrayList<>();
    value(
        type,
        type,
        "",
        name -> {
          names.add(name);
          return new UUID(0, 0);
        });
    return names;
  }

  private static Object value(
      Class<?> type, Type generic, String name, Function<String, UUID> ids) {
    if (type.isRecord() && type != Quantity.class) {
      return record(type, ids);
    }
    if (type == UUID.class) {
      return ids.apply(name);
    }
    if (List.class.isAssignableFrom(type) || Set.class.isAssignableFrom(type)) {
      Type element = ((ParameterizedType) generic).getActualTypeArguments()[0];
      Object one = value((Class<?>) element, element, name, ids);
      return List.class.isAssignableFrom(type) ? List.of(one) : Set.of(one);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return switch (type.getSimpleName()) {
      case "String" ->
          switch (name) {
            case "currency" -> "USD";
            case "rate" -> "1";
            case "root" -> "0".repeat(64);
            default -> "Probe";
          };
      case "long", "Long" -> 1L;
      case "int", "Integer" -> 1;
      case "boolean", "Boolean" -> false;
      case "Quantity" -> Quantity.ONE;
      case "BigDecimal" -> BigDecimal.ONE;
      case "Instant" -> Instant.EPOCH;
      case "LocalDate" -> LocalDate.of(2026, 3, 2);
      case "Map" -> Map.of();
      default -> throw new AssertionError("teach the filler what a " + type + " is");
    };
  }

  private static Object record(Class<?> type, Function<String, UUID> ids) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(types[i], components[i].getGenericType(), components[i].getName(), ids);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type + " cannot be filled", e);
    }
  }

  /** The JSON of a request, whose types may be hidden. */
  static Object json(Class<?> type, Type generic, String name, Function<String, UUID> ids) {
    if (type.isRecord() && type != Quantity.class) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (RecordComponent each : type.getRecordComponents()) {
        fields.put(
            each.getName(), json(each.getType(), each.getGenericType(), each.getName(), ids));
      }
      return fields;
    }
    if (type == UUID.class) {
      return ids.apply(name).toString();
    }
    if (type == String.class) {
      return text(name, ids);
    }
    if (List.class.isAssignableFrom(type) || Set.class.isAssignableFrom(type)) {
      return generic instanceof ParameterizedType of
              && of.getActualTypeArguments()[0] instanceof Class<?> element
          ? List.of(json(element, element, name, ids))
          : List.of();
    }
    if (type.isEnum()) {
      return ((Enum<?>) type.getEnumConstants()[0]).name();
    }
    return switch (type.getSimpleName()) {
      case "long", "Long", "int", "Integer" -> 1;
      case "boolean", "Boolean" -> false;
      case "Quantity" -> "1";
      case "Instant" -> "2026-03-02T11:00:00Z";
      case "Duration" -> Duration.ofHours(1).toString();
      case "LocalDate" -> "2026-03-02";
      default -> Map.of();
    };
  }

  private static String text(String name, Function<String, UUID> ids) {
    if (name.matches(ID_TEXT)) {
      return ids.apply(name).toString();
    }
    return switch (name) {
      case "role" -> "cashier";
      case "permissions", "permission", "scope", "key", "keys" -> "office.open";
      case "password" -> "another violet tractor 48 hums";
      default -> "Probe";
    };
  }

  /** Finds the type that a refusal names. */
  static Optional<Class<?>> named(String simpleName) throws Exception {
    Path classes = Path.of(Route.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (var files = Files.walk(classes)) {
      Optional<Path> file =
          files
              .filter(
                  each -> each.getFileName().toString().matches("(.*\\$)?" + simpleName + ".class"))
              .filter(each -> each.toString().contains("http"))
              .findFirst();
      if (file.isEmpty()) {
        return Optional.empty();
      }
      String name = classes.relativize(file.get()).toString().replace('/', '.');
      return Optional.of(Class.forName(name.substring(0, name.length() - ".class".length())));
    }
  }
}
