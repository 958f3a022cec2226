package dev.countersign.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The till. */
@Command(
    name = "till",
    mixinStandardHelpOptions = true,
    description = "Opens the till on this machine; a new one asks for its code first.")
final class TillCommand implements Callable<Integer> {
  @Mixin private final WindowOptions options = new WindowOptions();

  @Override
  public Integer call() {
    return options.open("till");
  }
}
