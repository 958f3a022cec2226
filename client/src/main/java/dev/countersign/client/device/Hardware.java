package dev.countersign.client.device;

import dev.countersign.client.port.Place;
import dev.countersign.client.port.SerialLine;
import dev.countersign.common.json.Json;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What stands on a counter and how it is reached, as it is kept on the device. */
public record Hardware(
    Printer printer, Scale scale, Display display, Template receipt, Mail mail, Terminal terminal) {
  private static final int HIGHEST_PORT = 65_535;
  private static final int LONGEST = 255;
  private static final List<Integer> BAUDS =
      List.of(1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200);

  public Hardware {
    // Saved before there was one.
    terminal = terminal == null ? Terminal.NONE : terminal;
  }

  /** How a device is reached. */
  public enum Way {
    NONE,
    NETWORK,
    SERIAL,
    DEVICE_FILE,
    /** A queue of the system's. */
    SYSTEM
  }

  /** The paper that is in a printer. */
  public enum Width {
    MM_80,
    MM_58
  }

  /**
   * The receipt printer.
   *
   * @param address host name, port name, file or queue
   * @param port on the network
   * @param baud on a serial port
   * @param pages character tables, the one to begin with first
   * @param codes true when it makes QR codes itself
   */
  public record Printer(
      Way way,
      String address,
      int port,
      int baud,
      Width width,
      List<CodePage> pages,
      boolean cuts,
      boolean pictures,
      boolean codes,
      int drawerPin) {
    public Printer {
      address = address == null ? "" : address.strip();
      pages = pages == null || pages.isEmpty() ? PrinterProfile.wide().pages() : List.copyOf(pages);
      check(way, address, port, baud);
      if (drawerPin < 0 || drawerPin > 1) {
        throw new IllegalArgumentException("a drawer hangs on pin 0 or 1, not " + drawerPin);
      }
    }

    /** Where it is; empty when there is none. */
    public Optional<Place> place() {
      return Hardware.place(way, address, port, baud, SerialLine.Frame.EIGHT_NONE_ONE, true);
    }

    public PrinterProfile profile() {
      PrinterProfile usual = width == Width.MM_80 ? PrinterProfile.wide() : PrinterProfile.narrow();
      return new PrinterProfile(
          usual.columns(), pages, codes ? usual.qrDots() : 0, cuts, pictures, drawerPin);
    }
  }

  /** How a scale is spoken to. */
  public enum Dialog {
    /** Toledo 8217: asked with W, seven bits. */
    TOLEDO,
    /** MT-SICS: asked with S. */
    SICS
  }

  /** The scale; on a serial port or, behind a converter, on the network. */
  public record Scale(Way way, String address, int port, int baud, Dialog dialog) {
    public Scale {
      address = address == null ? "" : address.strip();
      check(way, address, port, baud);
    }

    public Optional<Place> place() {
      SerialLine.Frame frame =
          dialog == Dialog.TOLEDO
              ? SerialLine.Frame.SEVEN_EVEN_ONE
              : SerialLine.Frame.EIGHT_NONE_ONE;
      return Hardware.place(way, address, port, baud, frame, false);
    }
  }

  /**
   * The customer's display: a window of its own on a second screen, one of two lines on a port, or
   * both.
   *
   * @param on whether there is a window
   * @param idle what it says while nobody is served
   * @param way to the display of two lines
   * @param address host name, port name or file
   */
  public record Display(boolean on, String idle, Way way, String address, int port, int baud) {
    public Display {
      idle = idle == null ? "" : shortened(idle.strip());
      way = way == null ? Way.NONE : way;
      address = address == null ? "" : address.strip();
      check(way, address, port, baud);
    }

    /** A window alone, or nothing. */
    public Display(boolean on, String idle) {
      this(on, idle, Way.NONE, "", 9100, 9600);
    }

    /** Where the display of two lines is; empty when there is none. */
    public Optional<Place> place() {
      return Hardware.place(way, address, port, baud, SerialLine.Frame.EIGHT_NONE_ONE, false);
    }
  }

  /**
   * What receipts show; see {@link ReceiptTemplate}.
   *
   * @param language of everything that is printed, as a tag of BCP 47; empty for the till's own
   */
  public record Template(
      List<String> header,
      List<String> footer,
      boolean store,
      boolean register,
      boolean cashier,
      boolean code,
      String language) {
    public Template {
      language = language == null ? "" : language;
      header = header == null ? List.of() : List.copyOf(header);
      footer = footer == null ? List.of() : List.copyOf(footer);
    }

    /**
     * @throws IllegalArgumentException when there are too many lines
     */
    public ReceiptTemplate with(@Nullable Bitmap logo) {
      return new ReceiptTemplate(header, footer, store, register, cashier, code, logo);
    }
  }

  /** How the way to the mail server is protected. */
  public enum Protection {
    /** TLS from the first byte, usually port 465. */
    TLS,
    /** TLS before anything else is said, usually port 587; nothing is sent without it. */
    STARTTLS,
    /** None: for a server on this machine or in this shop's own network. */
    NONE
  }

  /**
   * Where e-mail goes out.
   *
   * @param host empty when there is none
   * @param user to sign in with; empty when the server asks for nobody
   * @param from the shop's address
   */
  public record Mail(
      String host, int port, Protection protection, String user, String password, String from) {
    public Mail {
      host = host == null ? "" : host.strip();
      user = user == null ? "" : user.strip();
      password = password == null ? "" : password;
      from = from == null ? "" : from.strip();
      if (!host.isEmpty() && (port < 1 || port > HIGHEST_PORT)) {
        throw new IllegalArgumentException("no port " + port);
      }
    }

    /**
     * With the password of before, if it goes to the same server by the same way: nobody gets it by
     * typing a server of their own.
     */
    public Mail keeping(Mail before) {
      boolean same =
          host.equals(before.host)
              && port == before.port
              && protection == before.protection
              && user.equals(before.user);
      return same ? new Mail(host, port, protection, user, before.password, from) : this;
    }

    /** True when receipts can be sent. */
    public boolean isSet() {
      return !host.isEmpty() && !from.isEmpty();
    }

    @Override
    public String toString() {
      return "Mail[host=" + host + ", port=" + port + ", user=" + user + ", password=…]";
    }
  }

  /**
   * The card terminal beside the till.
   *
   * @param way on the network, or none: then cards are taken on one that stands alone
   */
  public record Terminal(Way way, String address, int port) {
    static final Terminal NONE = new Terminal(Way.NONE, "", 4100);

    public Terminal {
      address = address == null ? "" : address.strip();
      if (way != Way.NONE && way != Way.NETWORK) {
        throw new IllegalArgumentException("a terminal is on the network");
      }
      check(way, address, port, 0);
    }
  }

  /** Nothing but a till. */
  public static Hardware none() {
    return new Hardware(
        new Printer(
            Way.NONE,
            "",
            9100,
            19_200,
            Width.MM_80,
            PrinterProfile.wide().pages(),
            true,
            true,
            true,
            0),
        new Scale(Way.NONE, "", 4001, 9600, Dialog.TOLEDO),
        new Display(false, ""),
        new Template(List.of(), List.of(), true, true, true, true, ""),
        new Mail("", 587, Protection.STARTTLS, "", "", ""),
        Terminal.NONE);
  }

  public Hardware with(Printer other) {
    return new Hardware(other, scale, display, receipt, mail, terminal);
  }

  public Hardware with(Scale other) {
    return new Hardware(printer, other, display, receipt, mail, terminal);
  }

  public Hardware with(Display other) {
    return new Hardware(printer, scale, other, receipt, mail, terminal);
  }

  public Hardware with(Template other) {
    return new Hardware(printer, scale, display, other, mail, terminal);
  }

  public Hardware with(Mail other) {
    return new Hardware(printer, scale, display, receipt, other, terminal);
  }

  public Hardware with(Terminal other) {
    return new Hardware(printer, scale, display, receipt, mail, other);
  }

  /** The speeds that a serial port may have. */
  public static List<Integer> bauds() {
    return BAUDS;
  }

  public byte[] encode() {
    return Json.encode(this);
  }

  /**
   * What was saved; nothing but a till when a newer or older program wrote what this cannot read.
   */
  public static Hardware decode(byte[] body) {
    try {
      return Json.decodeKnown(body, Hardware.class);
    } catch (JacksonException _) {
      return none();
    }
  }

  private static void check(Way way, String address, int port, int baud) {
    if (way != Way.NONE && address.isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
    if (address.length() > LONGEST) {
      throw new IllegalArgumentException("an address of " + address.length() + " characters");
    }
    if (way == Way.NETWORK && (port < 1 || port > HIGHEST_PORT)) {
      throw new IllegalArgumentException("no port " + port);
    }
    if (way == Way.SERIAL && !BAUDS.contains(baud)) {
      throw new IllegalArgumentException("no speed " + baud);
    }
    // What cannot be a file on this system is said here: saved, it would be in everybody's way.
    if (way == Way.DEVICE_FILE && !isPath(address)) {
      throw new IllegalArgumentException("no file can have this name");
    }
  }

  private static boolean isPath(String address) {
    try {
      return !Path.of(address).toString().isEmpty();
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static Optional<Place> place(
      Way way, String address, int port, int baud, SerialLine.Frame frame, boolean ready) {
    return switch (way) {
      case NONE -> Optional.empty();
      case NETWORK -> Optional.of(new Place.Network(address, port));
      case SERIAL -> Optional.of(new Place.Serial(address, baud, frame, ready));
      case DEVICE_FILE -> Optional.of(new Place.DeviceFile(Path.of(address)));
      case SYSTEM -> Optional.of(new Place.Queue(address));
    };
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
