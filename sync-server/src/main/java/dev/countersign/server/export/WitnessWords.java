package dev.countersign.server.export;

import dev.countersign.common.crypto.Hash;
import dev.countersign.common.crypto.StrictBase64;
import dev.countersign.common.crypto.VerifyKey;
import dev.countersign.common.log.LogKey;
import dev.countersign.common.log.SignedCheckpoint;
import dev.countersign.common.log.TreeFrontier;
import dev.countersign.server.export.ExportReport.Contradiction;
import dev.countersign.server.export.ExportReport.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the log's witnesses cosigned, as the export brings it: each is a checkpoint that a key of
 * the log signed, compared with the log where it is that long. Whether the device cosigned it is
 * looked at when the log has told all of its keys.
 */
final class WitnessWords {
  private record Word(long line, UUID device, SignedCheckpoint checkpoint) {
    long size() {
      return checkpoint.checkpoint().size();
    }
  }

  private final List<Word> words = new ArrayList<>();

  /** The roots of those sizes that the log did not come to yet, and of those that it had. */
  private final NavigableMap<Long, Hash> ahead = new TreeMap<>();

  private final Map<Long, Hash> roots = new HashMap<>();

  private WitnessWords() {}

  /** Reads the lines of witnesses, and goes on behind them. */
  static WitnessWords read(ExportLines lines, LogKeys keys)
      throws IOException, BrokenExportException {
    WitnessWords read = new WitnessWords();
    while (lines.kind() == 'W') {
      read.add(lines, keys);
      if (!lines.next()) {
        throw lines.broken("the export is cut off");
      }
    }
    return read;
  }

  private void add(ExportLines lines, LogKeys keys) throws BrokenExportException {
    String[] parts = lines.content('W').split(" ", -1);
    if (parts.length != 2) {
      throw lines.broken("the line must name a device and bring a checkpoint");
    }
    UUID device = lines.uuid(parts[0]);
    String text;
    try {
      text = new String(StrictBase64.decode(parts[1]), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw lines.broken("not canonical Base64");
    }
    SignedCheckpoint seen =
        keys.signed(text)
            .orElseThrow(
                () -> lines.broken("what was cosigned is not signed by a key of this log"));
    Word word = new Word(lines.number(), device, seen);
    words.add(word);
    ahead.put(word.size(), seen.checkpoint().root());
  }

  /** Keeps the root where the log is as long as one of those. */
  void compare(TreeFrontier log) {
    if (!ahead.isEmpty() && ahead.firstKey() == log.size()) {
      ahead.pollFirstEntry();
      roots.put(log.size(), log.root());
    }
  }

  /**
   * At the end of the log.
   *
   * @return those whose word fits
   * @throws BrokenExportException when a word is not the device's that it is said to be of
   */
  List<Witness> finish(DeviceChains devices, Contradictions contradictions)
      throws BrokenExportException {
    List<Witness> witnesses = new ArrayList<>();
    for (Word word : words) {
      Instant at =
          cosigned(word, devices)
              .orElseThrow(
                  () ->
                      new BrokenExportException(
                          word.line(), "not cosigned by the device that the log registered"));
      if (word.checkpoint().checkpoint().root().equals(roots.get(word.size()))) {
        witnesses.add(new Witness(word.device(), word.size(), at));
      } else {
        contradictions.add(
            new Contradiction.Split(word.line(), word.device().toString(), word.size(), at));
      }
    }
    return witnesses;
  }

  private static Optional<Instant> cosigned(Word word, DeviceChains devices) {
    for (VerifyKey key : devices.keysOf(word.device().toString())) {
      Optional<Instant> at = word.checkpoint().cosignedAt(LogKey.ofDevice(word.device(), key));
      if (at.isPresent()) {
        return at;
      }
    }
    return Optional.empty();
  }
}
