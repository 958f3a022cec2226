package dev.countersign.app.bench;

import dev.countersign.common.crypto.Secret;
import dev.countersign.common.sql.Db;
import dev.countersign.common.sql.SqlCipher;
import dev.countersign.server.bench.Figure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * {@code import.100k}: a catalogue is imported into a new business: read, checked, compared with
 * what stands, written as what devices will be told, and logged. The floor puts the file's lines as
 * rows into an encrypted file of the same kind, as many in a transaction as the import does.
 */
public final class CatalogueImports {
  private static final int AT_ONCE = 2_000;

  private CatalogueImports() {}

  /**
   * Measures, path and floor in turns.
   *
   * @param turns how often; the first only warms up
   */
  public static Figure measure(Path scratch, int products, int turns)
      throws IOException, SQLException {
    Path csv = Files.createDirectories(scratch).resolve("catalogue.csv");
    WholeShop.writeCatalogue(csv, products);
    long[] path = new long[turns - 1];
    long[] floor = new long[turns - 1];
    for (int i = -1; i < turns - 1; i++) {
      long time;
      try (WholeShop shop = WholeShop.open(scratch.resolve("server" + i))) {
        long start = System.nanoTime();
        shop.take(csv, products);
        time = System.nanoTime() - start;
      }
      long least = insert(csv, scratch.resolve("floor" + i + ".db"));
      if (i >= 0) {
        path[i] = time;
        floor[i] = least;
      }
    }
    return new Figure(
        "import.100k",
        products / seconds(path),
        "rows/s",
        products / seconds(floor),
        Measured.percentile(path, 99),
        Files.size(csv) / products);
  }

  private static double seconds(long[] nanos) {
    return Measured.percentile(nanos, 50) / TimeUnit.SECONDS.toMicros(1);
  }

  private static long insert(Path csv, Path file) throws IOException, SQLException {
    try (Secret key = Secret.random(32, new SecureRandom());
        Db db = new Db(SqlCipher.openWriter(file, key))) {
      db.execute("CREATE TABLE floor (number INTEGER PRIMARY KEY, line TEXT)");
      long start = System.nanoTime();
      try (BufferedReader lines = Files.newBufferedReader(csv, StandardCharsets.UTF_8)) {
        while (insertSome(db, lines) == AT_ONCE) {
          // Goes on where it was.
        }
      }
      return System.nanoTime() - start;
    }
  }

  private static int insertSome(Db db, BufferedReader lines) throws IOException, SQLException {
    return db.<Integer, IOException>transaction(
        () -> {
          int count = 0;
          String line = lines.readLine();
          while (line != null) {
            count += db.update("INSERT INTO floor (line) VALUES (?)", line);
            line = count < AT_ONCE ? lines.readLine() : null;
          }
          return count;
        });
  }
}
