package dev.countersign.client.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A printer, display or scale on the network; printers listen on port 9100 (raw printing). */
public final class TcpLine implements DeviceLine {
  private static final int MOST_READ = 256;

  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer said = ByteBuffer.allocate(MOST_READ).flip();

  private TcpLine(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  /**
   * @param patience for the device to answer the call
   * @throws IOException when nobody is there, or nobody in time
   */
  public static TcpLine to(String host, int port, Duration patience) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, Math.toIntExact(patience.toMillis()));
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new TcpLine(channel, selector);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int write(byte[] bytes, int offset, int length, Duration patience) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    while (rest.hasRemaining()) {
      if (channel.write(rest) == 0 && !ready(SelectionKey.OP_WRITE, patience)) {
        break;
      }
    }
    return length - rest.remaining();
  }

  @Override
  public int read(Duration patience) throws IOException {
    if (!said.hasRemaining() && !fill(patience)) {
      return NOTHING;
    }
    return said.get() & 0xff;
  }

  private boolean fill(Duration patience) throws IOException {
    said.clear();
    int got = channel.read(said);
    if (got == 0 && ready(SelectionKey.OP_READ, patience)) {
      got = channel.read(said);
    }
    said.flip();
    if (got < 0) {
      throw new IOException("the device hung up");
    }
    return got > 0;
  }

  private boolean ready(int operation, Duration patience) throws IOException {
    channel.keyFor(selector).interestOps(operation);
    selector.selectedKeys().clear();
    return selector.select(Math.max(1, patience.toMillis())) > 0;
  }

  @Override
  public boolean answers() {
    return true;
  }

  /** Says that nothing more comes, and waits for the other end to hang up; some never do. */
  @Override
  public void finish(Duration patience) throws IOException {
    channel.shutdownOutput();
    long end = System.nanoTime() + patience.toNanos();
    said.clear();
    while (channel.read(said) >= 0 && System.nanoTime() - end < 0) {
      said.clear();
      ready(SelectionKey.OP_READ, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
  }

  @Override
  public void close() {
    Closing.quietly(channel);
    Closing.quietly(selector);
  }
}
