package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.countersign.common.crypto.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No record of the program that carries a secret says it when it is printed. */
class SecretsDoNotPrintTest {
  private static final String PLANTED = "planted-5Xw-secret";

  private static final Pattern SECRET =
      Pattern.compile(
          "password|old|secret|token|typed|input|seed|recoveryCodes|codeKey|codes|value");

  /** Named like a secret, and none: a value of a scale or of a code on a package, a count. */
  private static final Set<String> NONE =
      Set.of(
          "dev.countersign.common.catalogue.Gs1Element.value",
          "dev.countersign.common.catalogue.BarcodePattern$Match.value",
          "dev.countersign.client.flow.ScanOutcome$WrongCount.typed");

  private static boolean isSecret(Class<?> owner, RecordComponent component) {
    boolean text =
        component.getType() == String.class
            || component.getType() == byte[].class
            || component.getType() == char[].class
            || isListOfText(component);
    return text
        && SECRET.matcher(component.getName()).matches()
        && !NONE.contains(owner.getName() + "." + component.getName());
  }

  private static boolean isListOfText(RecordComponent component) {
    return component.getType() == List.class
        && component.getGenericType() instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] == String.class;
  }

  @Test
  void noRecordWithASecretPrintsIt() throws Exception {
    List<String> printing = new ArrayList<>();
    List<String> unmade = new ArrayList<>();
    int looked = 0;
    for (ArchitectureTest.Module module : ArchitectureTest.Module.values()) {
      for (JavaClass each : module.classes()) {
        if (!each.isRecord()) {
          continue;
        }
        Class<?> type = Class.forName(each.getName(), false, getClass().getClassLoader());
        boolean carries = false;
        for (RecordComponent component : type.getRecordComponents()) {
          carries |= isSecret(type, component);
        }
        if (!carries) {
          continue;
        }
        looked++;
        Object made = make(type);
        if (made == null) {
          unmade.add(type.getName());
        } else if (made.toString().contains(PLANTED)
            || made.toString().contains(PLANTED.substring(0, 12))) {
          printing.add(type.getName());
        }
      }
    }
    assertThat(printing).isEmpty();
    assertThat(unmade).isEmpty();
    assertThat(looked).isGreaterThan(10);
  }

  private static Object make(Class<?> record) {
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = isSecret(record, components[i]) ? planted(components[i]) : some(types[i]);
      }
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static Object planted(RecordComponent component) {
    if (component.getType() == String.class) {
      return PLANTED;
    }
    if (component.getType() == List.class) {
      return List.of(PLANTED);
    }
    return component.getType() == char[].class
        ? PLANTED.toCharArray()
        : PLANTED.getBytes(StandardCharsets.UTF_8);
  }

  /** Something of a type that most constructors take. */
  private static Object some(Class<?> type) {
    Map<Class<?>, Object> simple =
        Map.ofEntries(
            Map.entry(String.class, "jdbc:postgresql://localhost/x"),
            Map.entry(UUID.class, new UUID(1, 2)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(URI.class, URI.create("https://shop.example")),
            Map.entry(Path.class, Path.of("x")),
            Map.entry(List.class, List.of()),
            Map.entry(Map.class, Map.of()),
            Map.entry(Set.class, Set.of()),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(byte[].class, new byte[0]),
            Map.entry(Secret.class, Secret.of(new byte[32])),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(boolean.class, false));
    if (simple.containsKey(type)) {
      return simple.get(type);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return type.isRecord() ? make(type) : null;
  }
}
