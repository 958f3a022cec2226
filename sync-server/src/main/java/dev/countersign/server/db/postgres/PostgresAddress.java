package dev.countersign.server.db.postgres;

import dev.countersign.server.config.DataFolder;
import dev.countersign.server.config.PrivateFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Which PostgreSQL a server keeps its tenants in, and as whom. It stands in the data folder, in
 * {@code postgres.properties} ({@code url}, {@code user} and, unless the environment has it, {@code
 * password-file}), so that the server and every command work on the same data.
 *
 * @param url {@code jdbc:postgresql://…}; over a network only with {@code sslmode=verify-full}
 */
public record PostgresAddress(String url, String user, String password) {
  /** The environment variable that may hold the password. */
  public static final String VARIABLE = "COUNTERSIGN_POSTGRES_PASSWORD";

  /** Settings of the driver that put something else where the certificate is checked. */
  private static final List<String> INSTEAD =
      List.of(
          "sslfactory",
          "sslfactoryarg",
          "sslhostnameverifier",
          "socketFactory",
          "socketFactoryArg",
          "service");

  /** Refuses what would send the password or the data in the clear, or to whom it may concern. */
  public PostgresAddress {
    Properties read = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
    if (read == null || read.getProperty("PGHOST") == null) {
      throw new IllegalArgumentException(
          "The url is none of PostgreSQL: jdbc:postgresql://host:5432/database");
    }
    if (read.containsKey("password") || read.containsKey("user")) {
      throw new IllegalArgumentException("User and password do not belong into the url.");
    }
    for (String instead : INSTEAD) {
      if (read.containsKey(instead)) {
        throw new IllegalArgumentException(
            instead + " would decide instead of sslmode; it does not belong into the url.");
      }
    }
    boolean local = true;
    for (String host : read.getProperty("PGHOST").split(",")) {
      local &= host.matches("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");
    }
    if (!local && !"verify-full".equals(read.getProperty("sslmode"))) {
      throw new IllegalArgumentException(
          "A PostgreSQL on another machine needs sslmode=verify-full in its url, so that the"
              + " connection is encrypted and its certificate checked.");
    }
  }

  /**
   * The address that the folder names, if it names one.
   *
   * @param fromEnvironment the value of {@link #VARIABLE}, or null
   * @throws IOException when it is incomplete or unsafe, or the password readable by others
   */
  public static Optional<PostgresAddress> of(DataFolder folder, @Nullable String fromEnvironment)
      throws IOException {
    Path file = folder.postgres();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
      String user = settings.getProperty("user", PostgresSchema.APP);
      return Optional.of(
          new PostgresAddress(
              settings.getProperty("url", ""), user, password(file, settings, fromEnvironment)));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static String password(Path file, Properties settings, @Nullable String fromEnvironment)
      throws IOException {
    if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      return fromEnvironment;
    }
    String named = settings.getProperty("password-file");
    if (named == null) {
      throw new IOException(
          file
              + " names no password-file, and the environment variable "
              + VARIABLE
              + " is empty.");
    }
    return passwordIn(file.resolveSibling(named));
  }

  /**
   * The password in a file's first line.
   *
   * @throws IOException also when others can read it
   */
  public static String passwordIn(Path file) throws IOException {
    if (!PrivateFiles.isPrivate(file)) {
      throw new IOException(
          "The password file " + file + " can be read by others. Run: chmod 600 " + file);
    }
    return Files.readString(file).lines().findFirst().orElse("");
  }

  /** The same database for another role. */
  public PostgresAddress as(String otherUser, String otherPassword) {
    return new PostgresAddress(url, otherUser, otherPassword);
  }

  /** Never the password. */
  @Override
  public String toString() {
    return user + "@" + url + " ••••";
  }
}
