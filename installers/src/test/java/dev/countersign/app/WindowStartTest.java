package dev.countersign.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which command lines open a window at once, and what they say to it. */
class WindowStartTest {
  private static final String PLATFORM = "glass.platform";
  private String before;

  @BeforeEach
  void withoutADisplay() {
    before = System.getProperty(PLATFORM);
    System.setProperty(PLATFORM, "Headless");
  }

  @AfterEach
  void asItWas() {
    if (before == null) {
      System.clearProperty(PLATFORM);
    } else {
      System.setProperty(PLATFORM, before);
    }
  }

  @Test
  void eachKindOfWindowHasItsOwnUsualFolder() {
    assertThat(read("till"))
        .contains(List.of("--folder", WindowStart.usualFolder("till").toString()));
    assertThat(read("office"))
        .contains(List.of("--folder", WindowStart.usualFolder("office").toString()));
  }

  @Test
  void aChestThatIsNamedBeforeTheFolderStays() {
    assertThat(read("till", "--chest", "/keys", "--dark", "--folder", "/shop/till"))
        .contains(List.of("--folder", "/shop/till", "--chest", "/keys", "--dark"));
  }

  @Test
  void whatIsNotPlainlyRightIsLeftToTheLibraryThatExplainsIt() {
    assertThat(read()).isEmpty();
    assertThat(read("server")).isEmpty();
    assertThat(read("till", "--help")).isEmpty();
    assertThat(read("till", "--folder")).isEmpty();
    assertThat(read("till", "--folder=/shop/till")).isEmpty();
    assertThat(read("till", "--size", "12x12")).isEmpty();
    assertThat(read("till", "--dark", "--dark")).isEmpty();
    assertThat(read("till", "--folder", "/a", "--folder", "/b")).isEmpty();
    assertThat(read("till", "--environment", "heaven")).isEmpty();
    assertThat(read("till", "--chest", "/shop/till/keys", "--folder", "/shop/till")).isEmpty();
  }

  private static Optional<List<String>> read(String... arguments) {
    return WindowStart.read(arguments);
  }
}
