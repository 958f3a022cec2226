package dev.countersign.server.launch;

import dev.countersign.server.http.TlsCertificate;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server's own signing keys; keys of programs are {@code server key}. */
@Command(
    name = "signing-keys",
    description = "List the keys that this server and its tenants' logs sign with, and renew them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SigningKeyCommands.Listing.class, SigningKeyCommands.Rotate.class})
final class SigningKeyCommands {
  /** Lists them. */
  @Command(
      name = "list",
      description = "List every signing key with its age.",
      mixinStandardHelpOptions = true)
  static final class Listing extends AdminCommand {
    @Override
    Touch touch() {
      return Touch.SERVER;
    }

    @Override
    int run(Desk desk) throws Exception {
      for (KeyCare.InUse key : desk.keyCare().list()) {
        desk.print(
            String.join(
                "  ",
                key.kind(),
                key.owner(),
                "number " + key.number(),
                "since " + key.since(),
                key.key()),
            key);
      }
      return OK;
    }
  }

  /** Renews one. */
  @Command(
      name = "rotate",
      description =
          "Give the server or a tenant's log a new key. Devices follow by themselves, also after"
              + " a long time without a network.",
      mixinStandardHelpOptions = true)
  static final class Rotate extends AdminCommand {
    @ArgGroup(multiplicity = "1")
    private @Nullable Which which;

    @Option(
        names = "--tls",
        description =
            "together with --server: make the certificate's key anew as well; the server shows it"
                + " from its next start on")
    private boolean tls;

    /** Whose key. */
    static final class Which {
      @Option(names = "--server", description = "the key of certificates and acknowledgements")
      private boolean server;

      @Option(
          names = "--master",
          description = "the key that everything is sealed under; while the server is stopped")
      private boolean master;

      @Option(
          names = "--tenant-log",
          paramLabel = "TENANT",
          description = "the key of this tenant's log: name or id")
      private @Nullable String tenantLog;
    }

    @Override
    int run(Desk desk) throws Exception {
      Which given = Desk.given(which, "--server, --tenant-log or --master");
      if (given.master) {
        desk.backroom().masterCare().rotate();
        desk.print(
            "The data are sealed under a new master key. Keep a copy of "
                + desk.backroom().folder().masterKey()
                + ".",
            Map.of("master", "rotated"));
        return OK;
      }
      String log = given.tenantLog;
      if (log != null) {
        Tenant tenant = desk.tenant(log);
        desk.keyCare().rotateLog(tenant.id());
        String key = desk.provisioning().logKey(tenant.id());
        desk.print("The log's key is now " + key, Map.of("logKey", key));
        return OK;
      }
      Path file = desk.backroom().folder().tls();
      TlsCertificate.Fresh fresh = tls ? TlsCertificate.fresh(file) : null;
      desk.keyCare().rotateServer(fresh == null ? null : fresh.pin());
      if (fresh != null) {
        fresh.keep();
      }
      String key = desk.keyCare().list().getFirst().key();
      desk.print("The server's key is now " + key, Map.of("serverKey", key));
      return OK;
    }
  }
}
