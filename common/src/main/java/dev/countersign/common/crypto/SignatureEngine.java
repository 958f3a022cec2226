package dev.countersign.common.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Where Ed25519 is reckoned: in native code where a library for this machine is on the class path
 * and works, else by the Java platform, about twenty times slower and with the same result. Which
 * of the two it is, is found once and never changes while the program runs.
 */
public final class SignatureEngine {
  private static final String ALGORITHM = "Ed25519";

  /** The native library's provider (Amazon Corretto's, over AWS-LC). */
  private static final String NATIVE =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private static final Optional<Provider> PROVIDER = working();

  private SignatureEngine() {}

  /** Its name and version, for a person who looks after the machine. */
  public static String name() {
    return PROVIDER
        .map(provider -> provider.getName() + " " + provider.getVersionStr())
        .orElse("Java " + Runtime.version().feature());
  }

  static Signature signature() throws GeneralSecurityException {
    return PROVIDER.isPresent()
        ? Signature.getInstance(ALGORITHM, PROVIDER.get())
        : Signature.getInstance(ALGORITHM);
  }

  /**
   * It may be there and not work: a library of another machine, a folder for temporary files that
   * runs nothing.
   */
  private static Optional<Provider> working() {
    try {
      return ServiceLoader.load(Provider.class, SignatureEngine.class.getClassLoader()).stream()
          .filter(found -> found.type().getName().equals(NATIVE))
          .map(ServiceLoader.Provider::get)
          .filter(SignatureEngine::agreesWithThePlatform)
          .findFirst();
    } catch (ServiceConfigurationError | LinkageError _) {
      return Optional.empty();
    }
  }

  private static boolean agreesWithThePlatform(Provider provider) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] message = pair.getPublic().getEncoded();
      byte[] theirs = signed(Signature.getInstance(ALGORITHM, provider), pair, message);
      byte[] ours = signed(Signature.getInstance(ALGORITHM), pair, message);
      Signature check = Signature.getInstance(ALGORITHM, provider);
      check.initVerify(pair.getPublic());
      check.update(message);
      return MessageDigest.isEqual(theirs, ours) && check.verify(ours);
    } catch (GeneralSecurityException | RuntimeException | LinkageError _) {
      return false;
    }
  }

  private static byte[] signed(Signature signature, KeyPair pair, byte[] message)
      throws GeneralSecurityException {
    signature.initSign(pair.getPrivate());
    signature.update(message);
    return signature.sign();
  }
}
