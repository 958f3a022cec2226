package dev.countersign.server.launch;

import dev.countersign.server.account.Person;
import dev.countersign.server.audit.AuditLog;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import dev.countersign.server.http.TlsCertificate;
import dev.countersign.server.recheck.Flaw;
import dev.countersign.server.recheck.Pass;
import dev.countersign.server.recheck.Recheck;
import dev.countersign.server.review.Reviews;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Departure;
import dev.countersign.server.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Looks whether everything is as it should be. */
@Command(
    name = "doctor",
    description =
        "Check keys, file permissions, certificate, tenants, the heads of their logs and whether an"
            + " access review is due.",
    mixinStandardHelpOptions = true)
final class DoctorCommand extends AdminCommand {
  private static final Duration SOON = Duration.ofDays(30);

  /** A log that was not read again for so long is not watched over. */
  private static final Duration TWO_NIGHTS = Duration.ofHours(54);

  /** One thing that was looked at. */
  record Finding(String subject, boolean well, String detail) {}

  @Override
  Touch touch() {
    return Touch.SERVER;
  }

  @Override
  int run(Desk desk) throws Exception {
    boolean well = true;
    for (Finding finding : findings(desk)) {
      desk.print(
          (finding.well() ? "ok   " : "FAIL ") + finding.subject() + ": " + finding.detail(),
          finding);
      well &= finding.well();
    }
    return well ? OK : FAILED;
  }

  private static List<Finding> findings(Desk desk) throws IOException, SQLException {
    DataFolder folder = desk.backroom().folder();
    var findings = new java.util.ArrayList<Finding>();
    // That the folder is open says that the master key opens everything in it.
    findings.add(new Finding("master key", true, "opens the control file and every tenant"));
    for (Path file : List.of(folder.root(), folder.masterKey(), folder.controlFile())) {
      if (Files.exists(file)) {
        findings.add(permissions(file));
      }
    }
    if (Files.exists(folder.tls())) {
      findings.add(permissions(folder.tls()));
      findings.add(certificate(folder.tls(), desk.backroom().now()));
    }
    for (Tenant tenant : desk.provisioning().tenants()) {
      Path own = folder.tenantFile(tenant.id().toString());
      if (Files.exists(own)) {
        findings.add(permissions(own));
      }
      findings.add(log(desk, tenant));
      findings.add(recheck(desk, tenant));
      findings.add(passwords(desk, tenant));
      findings.add(review(desk, tenant));
    }
    for (Departure left : desk.backroom().tenants().departures()) {
      findings.add(departure(left));
    }
    return findings;
  }

  private static Finding departure(Departure left) {
    return new Finding(
        "tenant " + left.tenant(),
        left.done(),
        left.done()
            ? "moved to " + left.destination()
            : "was being moved to "
                + left.destination()
                + " and is served nowhere until that can be asked; start again when it can");
  }

  private static Finding review(Desk desk, Tenant tenant) throws SQLException {
    Reviews.State state = desk.backroom().oversight().reviewState(tenant);
    return new Finding(
        "access review of " + tenant.name(), !state.overdue(), ReviewCommands.due(state));
  }

  private static Finding permissions(Path file) throws IOException {
    boolean closed = PrivateFiles.isPrivate(file);
    return new Finding(
        "permissions of " + file.getFileName(),
        closed,
        closed ? "only its owner" : "others can read it; run: chmod go-rwx " + file);
  }

  private static Finding certificate(Path file, Instant now) throws IOException {
    Instant expires = TlsCertificate.load(file, Set.of(), now).expires();
    return new Finding("certificate", expires.isAfter(now.plus(SOON)), "good until " + expires);
  }

  private static Finding passwords(Desk desk, Tenant tenant) throws SQLException {
    List<Person> old = desk.backroom().admission().oldPasswords(tenant.id());
    String subject = "passwords of " + tenant.name();
    return old.isEmpty()
        ? new Finding(subject, true, "all taken under the present rules")
        : new Finding(
            subject,
            false,
            "from before the present rules: "
                + old.stream().map(Person::name).collect(Collectors.joining(", "))
                + "; run: countersign server user password-code");
  }

  private static Finding recheck(Desk desk, Tenant tenant) throws SQLException {
    Recheck recheck = desk.backroom().recheck();
    String subject = "stored log of " + tenant.name();
    Optional<Pass> standing = recheck.standing(tenant.id());
    if (standing.isPresent() && standing.get().flaws() > 0) {
      Flaw first = recheck.incidents(tenant.id()).getLast().flaw();
      return new Finding(
          subject,
          false,
          "entry "
              + first.entry()
              + ": "
              + first.kind()
              + "; run: countersign server log check --tenant "
              + tenant.id());
    }
    Instant sound = standing.map(Pass::soundAt).orElse(null);
    boolean fresh =
        desk.backroom().now().isBefore((sound == null ? tenant.created() : sound).plus(TWO_NIGHTS));
    return new Finding(
        subject,
        fresh,
        sound == null
            ? "never read again so far"
            : "read again " + sound + ", " + standing.orElseThrow().soundSize() + " entries");
  }

  private static Finding log(Desk desk, Tenant tenant) throws SQLException {
    AuditLog log = new AuditLog();
    String subject = "audit log of " + tenant.name();
    try {
      return desk.backroom()
          .tenants()
          .<Finding, SQLException>read(
              tenant.id(),
              scope -> {
                long size = log.size(scope);
                long signed = log.checkpoint(scope).checkpoint().size();
                return new Finding(
                    subject, size == signed, size + " entries, " + signed + " signed for");
              });
    } catch (IllegalStateException e) {
      return new Finding(subject, false, String.valueOf(e.getMessage()));
    }
  }
}
