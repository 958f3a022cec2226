package dev.countersign.server.export;

/** A line that is not what it has to be. */
final class BrokenExportException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  BrokenExportException(long line, String reason) {
    super(reason);
    this.line = line;
  }

  long line() {
    return line;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  ExportReport.Broken report() {
    return new ExportReport.Broken(line, reason());
  }
}
