package dev.countersign.common.protocol;

/** The paths of the server's interface. */
public final class Routes {
  public static final String HEALTH = "/health";
  public static final String ENROLMENTS = "/v1/enrolments";
  public static final String CHALLENGES = "/v1/challenges";
  public static final String SESSIONS = "/v1/sessions";

  /** A device reports on its keys. */
  public static final String TILL_KEYS = "/v1/till-keys";

  /** A locked device asks for the server's share of its key. */
  public static final String TILL_SHARES = "/v1/till-shares";

  /** How the tenant's devices keep their keys. */
  public static final String TILL_RULE = "/v1/till-rule";

  /** Lets people in again at a device whose key store was put back from a copy. */
  public static final String DEVICE_RELEASE = "/v1/devices/{id}/release";

  /** A till asks for a part of what is on a gift card. */
  public static final String CREDIT_ALLOTMENTS = "/v1/credit/allotments";

  /** A till gives back what it does not spend. */
  public static final String CREDIT_RETURNS = "/v1/credit/returns";

  /** A till asks what is on an account that a sale has moved; nobody has its code there. */
  public static final String CREDIT_BALANCE = "/v1/credit/balance";

  /** The accounts of gift cards and store credit, and who holds what of them. */
  public static final String CREDIT = "/v1/credit";

  /** Takes what a device holds of an account away from it. */
  public static final String CREDIT_FREE = "/v1/credit/{id}/free";

  /** A device tells who a customer is that its changes commit to. */
  public static final String CUSTOMER_DETAILS = "/v1/customers/details";

  /** Erases what is known of a customer. */
  public static final String CUSTOMER_ERASE = "/v1/customers/{id}/erase";

  /** A till tells what a basket is called that it put aside. */
  public static final String PARKED_NAME = "/v1/parked/names";

  public static final String BATCHES = "/v1/batches";
  public static final String SNAPSHOT = "/v1/snapshot";

  /**
   * Query: {@code after} and {@code epoch}. Whoever asks for what comes after a number has carried
   * out all up to it: pages are stored, and the PINs of whoever left are gone.
   */
  public static final String FEED = "/v1/feed";

  /** In the feed's query while a PIN is still there that should be gone: nothing is confirmed. */
  public static final String FEED_OPEN = "open";

  /**
   * A stream of server-sent events that says up to which number there is something, and no more.
   * Query: {@code after}, the number the device is at, and {@link #NOTICES_HOLD}.
   */
  public static final String NOTICES = "/v1/feed/notices";

  /** For how many seconds the device would have the stream held; 0 hears how it stands now. */
  public static final String NOTICES_HOLD = "hold";

  /**
   * A sale of the device's store, however long ago. Query: {@code id}, or {@code receipt} with its
   * number.
   */
  public static final String SALES = "/v1/sales";

  /**
   * What the other devices of the device's store sold lately, page by page. Query: {@code after},
   * the number that the last page went through, and {@code epoch}.
   */
  public static final String SALES_RECENT = "/v1/sales/recent";

  /** A device brings the checkpoint that it cosigned and takes those of the others. */
  public static final String COSIGNATURES = "/v1/log/cosignatures";

  /** Signed checkpoint of one tenant's log; {@code {tenant}} is its id. */
  public static final String CHECKPOINT = "/v1/log/{tenant}/checkpoint";

  /** Query: {@code index}, {@code size}. */
  public static final String INCLUSION = "/v1/log/{tenant}/inclusion";

  /** A tile of hashes, whole. */
  public static final String TILE = "/v1/log/{tenant}/tile/{level}/<index>";

  /** Whether a receipt is in the log, for whoever holds the paper. */
  public static final String RECEIPT = "/receipt/{tenant}/{device}/{sale}/{hash}";

  /** Query: {@code from}, {@code to} (tree sizes). */
  public static final String CONSISTENCY = "/v1/log/{tenant}/consistency";

  public static final String PEOPLE_SIGN_IN = "/v1/people/sign-in";

  /** Sets a password by a set-up code. */
  public static final String PEOPLE_PASSWORD = "/v1/people/password";

  public static final String OWN_PASSWORD = "/v1/people/own/password";
  public static final String OWN_FACTOR = "/v1/people/own/second-factor";
  public static final String OWN_FACTOR_CONFIRM = "/v1/people/own/second-factor/confirm";
  public static final String OWN_PASSKEYS = "/v1/people/own/passkeys";
  public static final String OWN_PASSKEYS_CHALLENGE = "/v1/people/own/passkeys/challenge";
  public static final String OWN_PASSKEY = "/v1/people/own/passkeys/{id}";
  public static final String PASSKEY_CHALLENGE = "/v1/people/passkey/challenge";
  public static final String PASSKEY_SIGN_IN = "/v1/people/passkey/sign-in";
  public static final String OWN_SESSIONS = "/v1/sessions/own";
  public static final String OWN_SESSION = "/v1/sessions/own/{id}";

  /** The sessions of somebody else. */
  public static final String PERSON_SESSIONS = "/v1/people/{id}/sessions";

  public static final String PERSON_SESSION = "/v1/people/{id}/sessions/{session}";
  public static final String BOOKS = "/v1/books";
  public static final String DEVICES = "/v1/devices";
  public static final String DEVICE_REVOKE = "/v1/devices/{id}/revoke";

  /** What the people of a device's store may do there: a signed sheet. */
  public static final String GRANTS = "/v1/grants";

  /** How the server's signing key gave way to the next, and that again. */
  public static final String SERVER_KEYS = "/v1/keys/server";

  /** The same for the key of one tenant's log. */
  public static final String LOG_KEYS = "/v1/log/{tenant}/keys";

  /** Where a device brings the statement by which its key gives way to the next. */
  public static final String DEVICE_KEY = "/v1/keys/device";

  public static final String DEVICE_ROTATE = "/v1/devices/{id}/rotate-key";
  public static final String DEVICE_UNFREEZE = "/v1/devices/{id}/unfreeze";
  public static final String DEVICE_RENAME = "/v1/devices/{id}/rename";
  public static final String DEVICE_WIPE = "/v1/devices/{id}/wipe";

  /** Where the device of this id hands over what it sealed. Query: {@code part}, from 0. */
  public static final String WIPE = "/v1/wipes/{id}";

  public static final String PEOPLE = "/v1/people";
  public static final String PERSON_LEAVE = "/v1/people/{id}/leave";

  /** Takes the name and the addresses of somebody who has left. */
  public static final String PERSON_ERASE = "/v1/people/{id}/erase";

  /** What a person is called. */
  public static final String PERSON_NAME = "/v1/people/{id}/name";

  /** A role in a place: posted to give it, deleted (query: {@code store}) to take it away. */
  public static final String PERSON_ROLE = "/v1/people/{id}/role";

  /** Which devices have heard that a person has left. */
  public static final String PERSON_LEAVING = "/v1/people/{id}/leaving";

  public static final String PERSON_JOIN_CODE = "/v1/people/{id}/join-code";
  public static final String PERSON_PASSWORD_CODE = "/v1/people/{id}/password-code";
  public static final String PERSON_FACTOR = "/v1/people/{id}/second-factor";
  public static final String PERSON_PINS = "/v1/people/{id}/pins";

  /** Stores and registers. */
  public static final String PLACES = "/v1/places";

  /** What the receipts of a store say beside the sale: {@code ReceiptLines}. */
  public static final String STORE_RECEIPT = "/v1/stores/{id}/receipt";

  public static final String ROLES = "/v1/roles";
  public static final String ROLE = "/v1/roles/{name}";

  /** For whoever gives roles and does not edit them. */
  public static final String ROLE_NAMES = "/v1/roles/names";

  public static final String REVIEWS = "/v1/reviews";
  public static final String REVIEW = "/v1/reviews/{id}";

  /** One row of a review, by the id of its person or key. */
  public static final String REVIEW_ROW = "/v1/reviews/{id}/rows/{subject}";

  /** What a closed review says, byte for byte as the log's entry is the hash of it. */
  public static final String REVIEW_EVIDENCE = "/v1/reviews/{id}/evidence";

  public static final String REVIEW_CLOSE = "/v1/reviews/{id}/close";
  public static final String REVIEW_RHYTHM = "/v1/reviews/rhythm";

  /** What the server's operator asked for. */
  public static final String SUPPORT = "/v1/support";

  public static final String SUPPORT_APPROVE = "/v1/support/{id}/approve";
  public static final String SUPPORT_REFUSE = "/v1/support/{id}/refuse";
  public static final String SUPPORT_END = "/v1/support/{id}/end";

  /** Whether the business runs its server itself. */
  public static final String SUPPORT_SELF_RUN = "/v1/support/self-run";

  public static final String KEYS = "/v1/keys";
  public static final String KEY = "/v1/keys/{id}";
  public static final String KEY_ROTATE = "/v1/keys/{id}/rotate";

  /** Query: {@code after}, how many entries the caller has. */
  public static final String AUDIT = "/v1/audit";

  /** Whether the stored log is still what it committed to. */
  public static final String AUDIT_RECHECK = "/v1/audit/recheck";

  public static final String EXPORT = "/v1/export";

  /** Secrets of other systems: what there is, never what they are. */
  public static final String SECRETS = "/v1/secrets";

  public static final String SECRET = "/v1/secrets/{name}";

  private Routes() {}
}
