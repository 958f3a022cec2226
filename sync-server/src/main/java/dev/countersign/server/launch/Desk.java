package dev.countersign.server.launch;

import dev.countersign.common.json.Json;
import dev.countersign.server.account.Device;
import dev.countersign.server.account.Person;
import dev.countersign.server.account.RefusedException;
import dev.countersign.server.account.Register;
import dev.countersign.server.account.Store;
import dev.countersign.server.support.Touch;
import dev.countersign.server.tenant.Tenant;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a command works: the data, where it prints, and how it finds things by what a person types
 * (a name, a number or an id).
 *
 * @param cwd the folder that relative paths are meant from
 * @param input what was typed for a command that reads a secret, else empty
 */
record Desk(
    Backroom backroom,
    PrintWriter out,
    PrintWriter err,
    Path cwd,
    boolean json,
    String input,
    Pass pass) {
  /**
   * What a command needs to be let at a business's data.
   *
   * @param command its words without their values
   */
  record Pass(Touch touch, String command) {}

  /** Never what was typed. */
  @Override
  public String toString() {
    return "Desk[" + cwd + "]";
  }

  Provisioning provisioning() {
    return backroom.provisioning();
  }

  KeyCare keyCare() {
    return backroom.keyCare();
  }

  DeviceCare deviceCare() {
    return backroom.deviceCare();
  }

  /** Prints a line for a person, or the document for a script. */
  void print(String line, Object document) {
    out.println(json ? new String(Json.encode(document), StandardCharsets.UTF_8) : line);
  }

  /**
   * A business that the command may be at.
   *
   * @throws RefusedException also when it needs an owner's approval and has none
   */
  Tenant tenant(String typed) throws SQLException {
    Tenant found =
        only(
            provisioning().tenants(),
            tenant -> tenant.name().equals(typed) || tenant.id().toString().equals(typed),
            "tenant",
            typed);
    backroom.oversight().pass(found.id(), pass.touch(), pass.command());
    return found;
  }

  Store store(Tenant tenant, String typed) throws SQLException {
    return only(
        provisioning().stores(tenant.id()),
        store -> store.number().equals(typed) || store.id().toString().equals(typed),
        "store",
        typed);
  }

  Register register(Tenant tenant, Store store, String typed) throws SQLException {
    return only(
        provisioning().registers(tenant.id(), store.id()),
        register -> register.name().equals(typed) || register.id().toString().equals(typed),
        "register in store " + store.number(),
        typed);
  }

  /** A register of any store, by its id, or by a name that only one store has. */
  Register anyRegister(Tenant tenant, String typed) throws SQLException {
    List<Register> all = new ArrayList<>();
    for (Store store : provisioning().stores(tenant.id())) {
      all.addAll(provisioning().registers(tenant.id(), store.id()));
    }
    return only(
        all,
        register -> register.name().equals(typed) || register.id().toString().equals(typed),
        "register",
        typed);
  }

  /** Somebody who has left. */
  Person formerPerson(Tenant tenant, String typed) throws SQLException {
    return only(
        provisioning().users(tenant.id()).stream().filter(person -> !person.active()).toList(),
        person -> person.name().equals(typed) || person.id().toString().equals(typed),
        "person who has left",
        typed);
  }

  Person person(Tenant tenant, String typed) throws SQLException {
    return only(
        provisioning().users(tenant.id()).stream().filter(Person::active).toList(),
        person -> person.name().equals(typed) || person.id().toString().equals(typed),
        "person",
        typed);
  }

  Device device(Tenant tenant, String typed) throws SQLException {
    return only(
        provisioning().devices(tenant.id()),
        device -> device.name().equals(typed) || device.id().toString().equals(typed),
        "device",
        typed);
  }

  /** An option that picocli has checked to be there. */
  static <T> T given(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalStateException(name + " is required");
    }
    return value;
  }

  private static <T> T only(List<T> all, Predicate<T> wanted, String what, String typed) {
    List<T> found = all.stream().filter(wanted).toList();
    if (found.isEmpty()) {
      throw new RefusedException("There is no " + what + " " + typed + ".");
    }
    if (found.size() > 1) {
      throw new RefusedException("There is more than one " + what + " " + typed + "; give its id.");
    }
    return found.getFirst();
  }
}
