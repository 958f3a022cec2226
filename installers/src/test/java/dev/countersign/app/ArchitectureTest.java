package dev.countersign.app;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the borders of the modules and, inside each, the order of its packages. */
class ArchitectureTest {
  /** A module: its packages in order, each may use only the ones before it; and what it may use. */
  enum Module {
    COMMON(
        "dev.countersign.common",
        List.of(
            "money",
            "tax",
            "crypto",
            "json",
            "permission",
            "catalogue",
            "promotion",
            "sale",
            "guard",
            "change",
            "log",
            "protocol",
            "sql",
            "csv"),
        List.of("de.mkammerer.argon2", "de.siegmar.fastcsv", "org.sqlite")),
    SERVER(
        "dev.countersign.server",
        List.of(
            "config",
            "tenant",
            "db.postgres",
            "audit",
            "account",
            "guard",
            "integration",
            "signin",
            "credit",
            "ingest",
            "feed",
            "customer",
            "stock",
            "people",
            "till",
            "review",
            "support",
            "catalogue",
            "export",
            "recheck",
            "receipt",
            "move",
            "http",
            "bench",
            "launch"),
        List.of(
            "dev.countersign.common",
            "com.eatthepath.otp",
            "com.nulabinc.zxcvbn",
            "com.webauthn4j",
            "io.javalin",
            "jakarta.servlet",
            "com.zaxxer.hikari",
            "org.postgresql",
            "org.eclipse.jetty",
            "kotlin",
            "okhttp3.tls",
            "org.sqlite",
            "picocli")),
    CLIENT(
        "dev.countersign.client",
        List.of(
            "keys",
            "chest",
            "store",
            "ledger",
            "sync",
            "port",
            "device",
            "terminal",
            "bench",
            "flow",
            "ui.kit",
            "ui.entry",
            "ui.till",
            "ui.office",
            "launch"),
        List.of(
            "dev.countersign.common",
            "javafx",
            "atlantafx.base",
            "org.kordamp.ikonli",
            "okhttp3",
            "okio",
            "kotlin",
            "com.sun.jna",
            "com.fazecast.jSerialComm",
            "com.google.zxing",
            "jakarta.activation",
            "jakarta.mail",
            "org.eclipse.angus.mail",
            "javax.print",
            "org.freedesktop.dbus",
            "org.openpdf",
            "org.sqlite"));

    private final String base;
    private final List<String> order;
    private final List<String> libraries;

    Module(String base, List<String> order, List<String> libraries) {
      this.base = base;
      this.order = order;
      this.libraries = libraries;
    }

    JavaClasses classes() {
      return new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(base);
    }
  }

  /** What every module may use. */
  private static final List<String> EVERYWHERE =
      List.of(
          "java",
          "javax.crypto",
          "javax.net.ssl",
          "javax.imageio",
          "javax.sound.sampled",
          "org.jspecify",
          "org.slf4j",
          "tools.jackson",
          "com.fasterxml.jackson.annotation");

  @ParameterizedTest
  @EnumSource
  void aPackageUsesOnlyTheOnesBeforeIt(Module module) {
    JavaClasses classes = module.classes();
    for (int i = 0; i < module.order.size() - 1; i++) {
      List<String> later = new ArrayList<>();
      for (String name : module.order.subList(i + 1, module.order.size())) {
        later.add(module.base + "." + name + "..");
      }
      noClasses()
          .that()
          .resideInAPackage(module.base + "." + module.order.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later.toArray(String[]::new))
          .check(classes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPackageHasItsPlaceInTheOrder(Module module) {
    Set<String> unplaced = new TreeSet<>();
    for (JavaClass each : module.classes()) {
      String name = each.getPackageName();
      if (!name.equals(module.base)
          && !module.order.contains(name.substring(module.base.length() + 1))) {
        unplaced.add(name);
      }
    }
    assertThat(unplaced).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void thereAreNoCycles(Module module) {
    slices().matching(module.base + ".(*)..").should().beFreeOfCycles().check(module.classes());
  }

  @ParameterizedTest
  @EnumSource
  void aModuleUsesOnlyWhatItDeclares(Module module) {
    List<String> allowed = new ArrayList<>(List.of(module.base + ".."));
    EVERYWHERE.forEach(name -> allowed.add(name + ".."));
    module.libraries.forEach(name -> allowed.add(name + ".."));
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(module.classes());
  }

  @Test
  void theOfficeDoesNotKnowTheTill() {
    noClasses()
        .that()
        .resideInAPackage("dev.countersign.client.ui.office..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.countersign.client.ui.till..")
        .check(Module.CLIENT.classes());
  }

  @Test
  void onlyTheToolkitsPackagesKnowTheToolkit() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.countersign.client.keys..",
            "dev.countersign.client.store..",
            "dev.countersign.client.ledger..",
            "dev.countersign.client.sync..",
            "dev.countersign.client.port..",
            "dev.countersign.client.device..",
            "dev.countersign.client.flow..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx..", "atlantafx..", "org.kordamp..")
        .check(Module.CLIENT.classes());
  }

  /** Whose classes are too old for the file that a till starts from: see decision 33. */
  @Test
  void aTillOpensWithoutTheLibraryThatReadsCommandLines() {
    noClasses()
        .that()
        .belongToAnyOf(Countersign.class, WindowStart.class, Rehearsal.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(new ClassFileImporter().importPackages("dev.countersign.app"));
  }
}
