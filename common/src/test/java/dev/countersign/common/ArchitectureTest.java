package dev.countersign.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the order of the packages: each may use only the ones before it. */
class ArchitectureTest {
  private static final String BASE = "dev.countersign.common";

  private static final List<String> ORDER =
      List.of(
          "money",
          "tax",
          "crypto",
          "json",
          "permission",
          "catalogue",
          "sale",
          "change",
          "log",
          "protocol",
          "sql",
          "csv");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @Test
  void aPackageUsesOnlyTheOnesBeforeIt() {
    for (int i = 0; i < ORDER.size(); i++) {
      List<String> later = new ArrayList<>();
      for (String name : ORDER.subList(i + 1, ORDER.size())) {
        later.add(BASE + "." + name + "..");
      }
      if (!later.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(BASE + "." + ORDER.get(i))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later.toArray(String[]::new))
            .check(classes);
      }
    }
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> unplaced = new TreeSet<>();
    for (JavaClass each : classes) {
      String name = each.getPackageName();
      if (name.length() > BASE.length() && !ORDER.contains(name.substring(BASE.length() + 1))) {
        unplaced.add(name);
      }
    }
    assertThat(unplaced).isEmpty();
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void theModuleKeepsItsBorders() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.countersign.common..",
            "java..",
            "javax.crypto..",
            "org.jspecify..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "de.mkammerer.argon2..",
            "de.siegmar.fastcsv..",
            "com.sun.jna..",
            "org.sqlite..")
        .check(classes);
  }
}
