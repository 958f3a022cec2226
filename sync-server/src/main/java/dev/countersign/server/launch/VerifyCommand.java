package dev.countersign.server.launch;

import dev.countersign.common.json.Json;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.money.Money;
import dev.countersign.server.export.ExportReport;
import dev.countersign.server.export.ExportVerifier;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies an export; needs nothing of the server but the key that its owner kept. */
@Command(
    name = "verify",
    description = "Verify an export with nothing but the log's public key.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "EXPORT", description = "the file that `export` wrote")
  private @Nullable Path export;

  @Option(names = "--key", required = true, description = "the log's key, as its owner kept it")
  private @Nullable String key;

  @Option(
      names = "--seen",
      paramLabel = "CHECKPOINT",
      description = "a file with a checkpoint that a till or a witness kept; may be given again")
  private List<Path> seen = List.of();

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @Override
  public Integer call() {
    CommandSpec self = Desk.given(spec, "spec");
    PrintWriter out = self.commandLine().getOut();
    PrintWriter err = self.commandLine().getErr();
    Path file = Desk.given(export, "EXPORT");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        ExecutorService signatures = signatures()) {
      List<String> heads = new ArrayList<>();
      for (Path kept : seen) {
        heads.add(Files.readString(kept));
      }
      ExportReport report = new ExportVerifier(pinned(self), signatures, heads).verify(in);
      if (json) {
        out.println(new String(Json.encode(report), StandardCharsets.UTF_8));
      }
      return switch (report) {
        case ExportReport.Sound sound -> {
          if (!json) {
            out.println("Sound: " + figures(sound));
            sound.witnesses().forEach(witness -> out.println(word(witness)));
          }
          yield AdminCommand.OK;
        }
        case ExportReport.Contradicted(ExportReport.Sound rest, long count, var first) -> {
          if (!json) {
            out.println("Contradicted, and apart from that sound: " + figures(rest));
            rest.witnesses().forEach(witness -> out.println(word(witness)));
          }
          first.forEach(one -> err.println(file + ":" + one.line() + ": " + word(one)));
          if (count > first.size()) {
            err.println((count - first.size()) + " more say that the log was another");
          }
          yield AdminCommand.FAILED;
        }
        case ExportReport.Broken broken -> {
          err.println(file + ":" + broken.line() + ": " + broken.reason());
          yield AdminCommand.FAILED;
        }
      };
    } catch (IOException e) {
      err.println(file + " cannot be read: " + e.getMessage());
      return AdminCommand.FAILED;
    }
  }

  private static String figures(ExportReport.Sound sound) {
    return sound.entries()
        + " entries, "
        + sound.batches()
        + " batches, "
        + sound.sales()
        + " sales, "
        + Money.of(sound.total(), Currency.getInstance(sound.currency()));
  }

  private static String word(ExportReport.Witness witness) {
    return "Device %s cosigned its first %d entries at %s"
        .formatted(witness.device(), witness.size(), witness.at());
  }

  private static String word(ExportReport.Contradiction found) {
    return switch (found) {
      case ExportReport.Contradiction.Split(long _, String device, long size, Instant at) ->
          "device %s cosigned another log of %d entries at %s: the log's key signed two histories"
              .formatted(device, size, at);
      case ExportReport.Contradiction.Report(long _, String device, String shift, long size) ->
          "device %s closed shift %s over another log of %d entries: rewritten or restored since?"
              .formatted(device, shift, size);
    };
  }

  private LogKey pinned(CommandSpec self) {
    try {
      return LogKey.parse(Desk.given(key, "--key"));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          self.commandLine(), "--key is not a log's key: " + e.getMessage());
    }
  }

  private static ExecutorService signatures() {
    return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  }
}
