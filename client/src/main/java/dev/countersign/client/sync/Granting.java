package dev.countersign.client.sync;

import dev.countersign.client.ledger.Grants;
import dev.countersign.client.ledger.KnownKeys;
import dev.countersign.client.ledger.Users;
import dev.countersign.common.protocol.Routes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the sheet of rights at contact: when there is none, when a quarter of its shortest lease
 * is over, and when something has come that may have changed it. Used by one thread; {@link #stale}
 * by any.
 */
final class Granting {
  private static final Logger LOG = LoggerFactory.getLogger(Granting.class);

  private final ServerConnection connection;
  private final DeviceSignIn signIn;
  private final Grants grants;
  private final Users users;
  private final KnownKeys keys;
  private final Following following;
  private final InstantSource clock;
  private final AtomicBoolean stale = new AtomicBoolean();

  Granting(
      ServerConnection connection,
      DeviceSignIn signIn,
      Grants grants,
      Users users,
      KnownKeys keys,
      Following following,
      InstantSource clock) {
    this.connection = connection;
    this.signIn = signIn;
    this.grants = grants;
    this.users = users;
    this.keys = keys;
    this.following = following;
    this.clock = clock;
  }

  /** Something has come from the server. */
  void stale() {
    stale.set(true);
  }

  void step() {
    if (!stale.get() && !grants.isDue(clock.instant())) {
      return;
    }
    stale.set(false);
    Reply reply = signIn.asking(token -> connection.getBinary(Routes.GRANTS, token));
    if (!(reply instanceof Reply.Answered(byte[] sheet))) {
      stale.set(true);
      return;
    }
    Instant now = clock.instant();
    Grants.Taken taken = grants.take(sheet, keys.serverKey(), now);
    if (taken == Grants.Taken.REFUSED && following.follow()) {
      taken = grants.take(sheet, keys.serverKey(), now);
    }
    switch (taken) {
      case NEWER -> users.forget();
      case REFUSED -> LOG.warn("a sheet of rights that is not believed");
    }
  }
}
