package dev.countersign.server.launch;

import dev.countersign.common.sale.CardNumbers;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.OtherEnvironmentException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that works on a server's data, whether the server runs or not. */
abstract class AdminCommand implements Callable<Integer> {
  static final int OK = 0;
  static final int FAILED = 1;

  private static final String NO_CARD_NUMBERS = "Card numbers are never stored: leave it out.";

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "the data folder")
  private @Nullable Path data;

  @Option(names = "--json", description = "print JSON, one document per line")
  private boolean json;

  /** How near it comes to a business's data: whoever says nothing is taken to change it. */
  Touch touch() {
    return Touch.WRITE;
  }

  /** True for a command that takes a secret from standard input. */
  boolean readsInput() {
    return false;
  }

  /** Does the work and returns the exit code. */
  abstract int run(Desk desk) throws Exception;

  @Override
  public final Integer call() throws Exception {
    CommandSpec self = Desk.given(spec, "spec");
    Path folder = Desk.given(data, "--data");
    var out = self.commandLine().getOut();
    var err = self.commandLine().getErr();
    if (holdsCardNumber(self)) {
      err.println(NO_CARD_NUMBERS);
      return FAILED;
    }
    try {
      Reach reach = reach(self);
      String typed = readsInput() ? reach.input() : "";
      if (CardNumbers.isIn(typed)) {
        err.println(NO_CARD_NUMBERS);
        return FAILED;
      }
      var caller = new Reach.Caller(out, err, arguments(self), typed);
      return reach.run(
          folder,
          caller,
          (backroom, cwd) -> run(new Desk(backroom, out, err, cwd, json, typed, pass(self))));
    } catch (RefusedException | OtherEnvironmentException | IOException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (SQLException e) {
      err.println("The data could not be read or written: " + e.getMessage());
      return FAILED;
    }
  }

  /** What it needs to be let at a business's data, with its words and none of their values. */
  private Desk.Pass pass(CommandSpec self) {
    return new Desk.Pass(touch(), self.qualifiedName());
  }

  /** Whatever is typed may be stored; the names of files are not. */
  private static boolean holdsCardNumber(CommandSpec self) {
    return self.args().stream()
        .filter(argument -> argument.type() != Path.class)
        .flatMap(argument -> argument.stringValues().stream())
        .anyMatch(CardNumbers::isIn);
  }

  private static Reach reach(CommandSpec leaf) {
    return root(leaf).reach();
  }

  private static ServerCommand root(CommandSpec leaf) {
    for (CommandSpec spec = leaf; spec != null; spec = spec.parent()) {
      if (spec.userObject() instanceof ServerCommand root) {
        return root;
      }
    }
    throw new IllegalStateException("a server command outside of ServerCommand");
  }

  /** The words after {@code server}, also when this is embedded in a larger command. */
  private static List<String> arguments(CommandSpec leaf) {
    CommandSpec server = leaf;
    while (!(server.userObject() instanceof ServerCommand)) {
      server = Desk.given(server.parent(), "parent");
    }
    List<String> all = server.root().commandLine().getParseResult().originalArgs();
    return server.parent() == null ? all : all.subList(all.indexOf(server.name()) + 1, all.size());
  }
}
