package dev.countersign.server.export;

/**
 * Some of an export's lines of entries and payloads, one behind the other without their line feeds.
 * No batch is parted from the entries of its changes.
 *
 * @param bytes never changed once it is here
 * @param ends where each line ends; the next begins there
 * @param firstNumber the number of the first line in its file, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EntryRun(byte[] bytes, int[] ends, long firstNumber) {
  int count() {
    return ends.length;
  }

  char kind(int line) {
    return (char) bytes[start(line)];
  }

  /** Where the content begins, behind kind and space. */
  int contentStart(int line) {
    return start(line) + 2;
  }

  int contentLength(int line) {
    return ends[line] - start(line) - 2;
  }

  long number(int line) {
    return firstNumber + line;
  }

  private int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }
}
