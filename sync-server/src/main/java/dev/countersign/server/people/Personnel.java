package dev.countersign.server.people;

import dev.countersign.common.crypto.UuidV7;
import dev.countersign.server.account.Devices;
import dev.countersign.server.account.Journal;
import dev.countersign.server.account.People;
import dev.countersign.server.account.Places;
import dev.countersign.server.account.Roles;
import dev.countersign.server.feed.FeedTable;
import dev.countersign.server.signin.Door;
import java.security.SecureRandom;

/** Puts together how people and roles are looked after. */
public final class Personnel {
  private final Standing standing;
  private final Staff staff;
  private final RoleBook roleBook;
  private final Leaving leaving;

  public Personnel(
      People people,
      Places places,
      Devices devices,
      FeedTable feed,
      Journal journal,
      Door door,
      UuidV7 ids,
      SecureRandom random) {
    var roles = new Roles();
    var announcing = new Announcing(people, roles, feed);
    this.standing = new Standing(people);
    this.staff = new Staff(people, roles, places, standing, announcing, journal, door, ids, random);
    this.leaving = new Leaving(people, devices, standing);
    this.roleBook = new RoleBook(people, roles, announcing, journal, door);
  }

  /** Who may act on whom. */
  public Standing standing() {
    return standing;
  }

  public Staff staff() {
    return staff;
  }

  public RoleBook roleBook() {
    return roleBook;
  }

  public Leaving leaving() {
    return leaving;
  }
}
