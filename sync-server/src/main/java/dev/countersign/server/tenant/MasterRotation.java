package dev.countersign.server.tenant;

import dev.countersign.common.crypto.Sealing;
import dev.countersign.common.crypto.Secret;
import dev.countersign.common.crypto.WrongKeyException;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives a folder's data another master key: the control data are written anew into a second file
 * under it, with every key in them sealed again, and only when all of that is on the disk the two
 * files take the places of the old ones. Whoever is killed in between finds one pair or the other:
 * {@link #settle} puts them straight before anything is opened.
 */
public final class MasterRotation {
  private MasterRotation() {}

  /**
   * Makes a new master key and seals everything under it. Nobody else may have the folder open, and
   * whoever has must open it anew afterwards.
   *
   * @throws MasterKey.UnusableException when the old key does not open what is there
   */
  public static void rotate(DataFolder folder, Secret before, SecureRandom random)
      throws IOException, SQLException {
    settle(folder);
    Path fresh = next(folder.controlFile());
    Files.deleteIfExists(fresh);
    PrivateFiles.createFile(fresh);
    byte[] text;
    try (Secret after = Secret.random(Sealing.KEY_LENGTH, random)) {
      copy(folder.controlFile(), before, fresh, after, random);
      text = (HexFormat.of().formatHex(after.bytes()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
    PrivateFiles.write(next(folder.masterKey()), text);
    replace(fresh, folder.controlFile());
    replace(next(folder.masterKey()), folder.masterKey());
  }

  /** Finishes what was broken off, forwards or back. */
  public static void settle(DataFolder folder) throws IOException, SQLException {
    Path key = next(folder.masterKey());
    if (!Files.exists(key)) {
      Files.deleteIfExists(next(folder.controlFile()));
      return;
    }
    boolean taken;
    try (Secret after = Secret.of(HexFormat.of().parseHex(Files.readString(key).strip()))) {
      taken = opens(folder.controlFile(), after);
    }
    if (taken) {
      replace(key, folder.masterKey());
    } else {
      Files.delete(key);
      Files.deleteIfExists(next(folder.controlFile()));
    }
  }

  private static void copy(Path from, Secret before, Path to, Secret after, SecureRandom random)
      throws IOException, SQLException {
    try (Secret fileBefore = ControlFile.fileKey(before);
        Secret fileAfter = ControlFile.fileKey(after);
        Secret wrapBefore = ControlFile.wrappingKey(before);
        Secret wrapAfter = ControlFile.wrappingKey(after);
        Db here = new Db(SqlCipher.openWriter(from, fileBefore));
        Db there = new Db(SqlCipher.openWriter(to, fileAfter))) {
      ControlSchema.MIGRATIONS.apply(there);
      for (TableShape shape : TableShape.in(here)) {
        List<List<@Nullable Object>> rows =
            here.list("SELECT " + shape.columnList() + " FROM " + shape.name(), shape::read);
        there.update("DELETE FROM " + shape.name());
        for (List<@Nullable Object> row : rows) {
          there.update(
              shape.insert(1), sealedAnew(shape, row, wrapBefore, wrapAfter, random).toArray());
        }
      }
    }
  }

  private static List<@Nullable Object> sealedAnew(
      TableShape shape,
      List<@Nullable Object> row,
      Secret before,
      Secret after,
      SecureRandom random)
      throws IOException {
    List<@Nullable Object> anew = new ArrayList<>(row);
    for (int i = 0; i < shape.columns().size(); i++) {
      String column = shape.columns().get(i).name();
      if (column.startsWith("wrapped") && row.get(i) instanceof byte[] sealed) {
        byte[] label = ControlFile.sealedFor(shape.name(), column, owner(row.getFirst()));
        try (Secret plain = Secret.of(Sealing.open(before, sealed, label))) {
          anew.set(i, Sealing.seal(after, plain.bytes(), label, random));
        } catch (WrongKeyException _) {
          throw new MasterKey.UnusableException(
              "A key in the control file does not open with this master key.");
        }
      }
    }
    return anew;
  }

  private static String owner(@Nullable Object first) {
    if (first instanceof byte[] id && id.length == 2 * Long.BYTES) {
      var bytes = java.nio.ByteBuffer.wrap(id);
      return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
    return "server";
  }

  private static boolean opens(Path control, Secret master) throws SQLException {
    try (Secret key = ControlFile.fileKey(master);
        Db db = new Db(SqlCipher.openWriter(control, key))) {
      return db.first("SELECT count(*) FROM tenant", row -> row.integer(1)).isPresent();
    } catch (SQLException e) {
      if (SqlFaults.of(e) == SqlFaults.Fault.NOT_A_DATABASE) {
        return false;
      }
      throw e;
    }
  }

  private static Path next(Path file) {
    return file.resolveSibling(file.getFileName() + ".next");
  }

  private static void replace(Path fresh, Path file) throws IOException {
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
