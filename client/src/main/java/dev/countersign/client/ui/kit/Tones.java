package dev.countersign.client.ui.kit;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/**
 * Two tones made in code: one short and high for what was added, two low ones for what was refused.
 * Whoever asks never waits, also where the machine's audio hangs; a machine without audio stays
 * silent. Safe for any thread.
 */
public final class Tones implements Sounds {
  private static final float RATE = 22_050;
  private static final AudioFormat FORMAT = new AudioFormat(RATE, 16, 1, true, false);
  private static final double LOUDNESS = 0.3 * Short.MAX_VALUE;

  private final byte[] added = tone(1_320, 70);
  private final byte[] refused = joined(tone(330, 130), tone(0, 40), tone(247, 220));
  private final Speaker speaker;
  private final Executor worker;
  private final AtomicReference<byte @Nullable []> next = new AtomicReference<>();
  private final AtomicBoolean playing = new AtomicBoolean();
  private volatile boolean broken;

  /** Plays samples of 16 bits, one channel, little-endian, and returns when they were heard. */
  interface Speaker {
    void play(byte[] samples) throws LineUnavailableException;
  }

  Tones(Speaker speaker, Executor worker) {
    this.speaker = speaker;
    this.worker = worker;
  }

  /** On this machine's usual audio. */
  public static Tones ofThisMachine() {
    // Not a virtual thread: the audio library blocks inside native code.
    return new Tones(
        Tones::playHere, work -> Thread.ofPlatform().daemon().name("tones").start(work));
  }

  @Override
  public void added() {
    // What was refused is not drowned by what comes right after it.
    next.compareAndSet(null, added);
    play();
  }

  @Override
  public void refused() {
    next.set(refused);
    play();
  }

  private void play() {
    if (!broken && playing.compareAndSet(false, true)) {
      worker.execute(this::drain);
    }
  }

  private void drain() {
    try {
      byte[] samples = next.getAndSet(null);
      while (samples != null) {
        speaker.play(samples);
        samples = next.getAndSet(null);
      }
    } catch (LineUnavailableException | RuntimeException e) {
      // No audio here. Every sound says something that stands on the screen as well.
      broken = true;
    } finally {
      playing.set(false);
    }
  }

  private static void playHere(byte[] samples) throws LineUnavailableException {
    try (SourceDataLine line = AudioSystem.getSourceDataLine(FORMAT)) {
      line.open(FORMAT);
      line.start();
      line.write(samples, 0, samples.length);
      line.drain();
    }
  }

  /**
   * @param hertz 0 is silence
   */
  private static byte[] tone(double hertz, int millis) {
    int count = Math.round(RATE * millis / 1000);
    byte[] samples = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      // Fades in and out over a tenth of its length: a sudden edge is heard as a click.
      double fade = Math.min(1, 10.0 * Math.min(i, count - i) / count);
      int value = (int) (LOUDNESS * fade * Math.sin(2 * Math.PI * hertz * i / RATE));
      samples[2 * i] = (byte) value;
      samples[2 * i + 1] = (byte) (value >> 8);
    }
    return samples;
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
