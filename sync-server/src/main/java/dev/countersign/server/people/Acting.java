package dev.countersign.server.people;

import dev.countersign.common.permission.Rights;
import dev.countersign.common.permission.Role;
import dev.countersign.server.account.By;
import dev.countersign.server.signin.Caller;

/**
 * Who looks after people, and what they may do themselves: nobody gives or takes more than that.
 *
 * @param by for the audit log
 */
public record Acting(By by, Rights rights) {
  /** Whoever gives commands on the server itself; what they may reach is decided elsewhere. */
  public static final Acting OPERATOR = new Acting(By.OPERATOR, Rights.everywhere(Role.OWNER));

  /** A person or a key at the interface. */
  public static Acting of(Caller caller) {
    return new Acting(new By(caller.id().toString(), caller.origin().address()), caller.rights());
  }
}
