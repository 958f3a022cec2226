package dev.countersign.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The back office. */
@Command(
    name = "office",
    mixinStandardHelpOptions = true,
    description = "Opens the back office on this machine; a new one asks for its code first.")
final class OfficeCommand implements Callable<Integer> {
  @Mixin private final WindowOptions options = new WindowOptions();

  @Override
  public Integer call() {
    return options.open("office");
  }
}
