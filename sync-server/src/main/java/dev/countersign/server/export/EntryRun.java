package dev.countersign.server.export;

/**
 * Some of an export's lines of entries and what stands below them, as they stand in the file. No
 * batch is parted from the entries of its changes.
 *
 * @param bytes never changed while somebody looks at them; used again for a later run
 * @param from where the first line begins
 * @param ends where each line's line feed stands; the next begins behind it
 * @param firstNumber the number of the first line in its file, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EntryRun(byte[] bytes, int from, int[] ends, long firstNumber) {
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
    return line == 0 ? from : ends[line - 1] + 1;
  }
}
