package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.SigningKey;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.log.Checkpoint;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.common.log.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An operator who has a log's key, and what can be done to an export with it. */
final class Forger {
  private final String origin;
  private final SigningKey logKey;

  Forger(String origin, SigningKey logKey) {
    this.origin = origin;
    this.logKey = logKey;
  }

  static List<String> lines(byte[] export) {
    String text = new String(export, StandardCharsets.UTF_8);
    return new ArrayList<>(List.of(text.split("\n")));
  }

  static int indexOf(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError("no line begins with " + start);
  }

  /** The lines as they are, whatever their signature. */
  static byte[] joined(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The lines with a fresh signature of the log's key over what frames the entries. */
  byte[] signedAgain(List<String> lines) {
    String body = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
    String frame =
        body.lines()
            .filter(line -> !line.startsWith("E ") && !line.startsWith("P "))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    byte[] hash = Hash.of(frame.getBytes(StandardCharsets.UTF_8)).bytes();
    byte[] signature = logKey.sign(ExportFormat.signedBytes(hash));
    return (body + "S " + StrictBase64.encode(signature) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The entries numbered, hashed and signed anew with the log's key. */
  byte[] rewritten(List<String> lines) {
    TreeFrontier tree = new TreeFrontier();
    List<String> rewritten = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("E ")) {
        String entry = line.substring(2).replaceFirst("\"index\":\\d+", "\"index\":" + tree.size());
        tree.append(new TreeHasher().leaf(entry.getBytes(StandardCharsets.UTF_8)));
        rewritten.add("E " + entry);
      } else if (line.startsWith("C ")) {
        String text = Checkpoint.sign(origin, tree.size(), tree.root(), logKey).text();
        rewritten.add("C " + StrictBase64.encode(text.getBytes(StandardCharsets.UTF_8)));
      } else {
        rewritten.add(line);
      }
    }
    return signedAgain(rewritten);
  }
}
