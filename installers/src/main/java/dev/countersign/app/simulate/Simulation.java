package dev.countersign.app.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lives through worlds, one after the other. The same seed and scale give the same story, byte for
 * byte. One at a time in a process, by one thread.
 */
public final class Simulation implements AutoCloseable {
  private final Path place;
  private final Disks disks;

  private Simulation(Path place, Disks disks) {
    this.place = place;
    this.disks = disks;
  }

  /**
   * Prepares.
   *
   * @param place an empty folder, which grows to a few megabytes while a world lives
   */
  public static Simulation in(Path place) throws SQLException {
    return new Simulation(place, Disks.standing());
  }

  /**
   * How a world went.
   *
   * @param story a line for everything that happened
   * @param finding what must never be, or empty
   * @param account what became of the receipts; empty after a finding
   */
  public record Outcome(long seed, List<String> story, Optional<String> finding, String account) {
    /** True when nothing was found. */
    public boolean isSound() {
      return finding.isEmpty();
    }
  }

  /** Lives through the world of one seed. */
  public Outcome run(long seed, Scale scale) throws IOException {
    Path here = Files.createDirectory(place.resolve("world"));
    World world = null;
    List<String> story = new ArrayList<>();
    String account = "";
    @Nullable String finding = null;
    try {
      world = new World(scale, seed, here, disks);
      new Days(world, scale).live();
      account = new Oracle(world).look().toString();
    } catch (FindingException e) {
      finding = e.getMessage();
    } catch (Exception e) {
      finding = "the program failed: " + trace(e);
    } finally {
      if (world != null) {
        story.addAll(world.story.lines());
        end(world);
      }
      Machine.remove(here);
    }
    if (finding != null) {
      story.add("FOUND: " + finding);
    } else {
      story.add("sound: " + account);
    }
    return new Outcome(seed, List.copyOf(story), Optional.ofNullable(finding), account);
  }

  /** Files that cannot be let go of after a finding are no finding of their own. */
  private static void end(World world) throws IOException {
    try {
      world.end();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("a world does not end", e);
    }
  }

  private static String trace(Throwable error) {
    StringBuilder text = new StringBuilder(error.toString());
    for (StackTraceElement at : error.getStackTrace()) {
      if (at.getClassName().startsWith("dev.countersign")) {
        text.append("\n    at ").append(at.getClassName()).append('.').append(at.getMethodName());
        text.append(':').append(at.getLineNumber());
      }
    }
    Throwable cause = error.getCause();
    return cause == null ? text.toString() : text + "\n  because of " + trace(cause);
  }

  @Override
  public void close() throws SQLException {
    disks.close();
  }
}
