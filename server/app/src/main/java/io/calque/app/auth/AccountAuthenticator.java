package io.calque.app.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Passwords (HTTP Basic, against bcrypt hashes) and bearer tokens. Thread-safe.
 *
 * <p>bcrypt is slow on purpose, and HTTP asks on every request: a password that was right is remembered as a salted digest, in
 * memory only.
 */
public final class AccountAuthenticator implements Authenticator {
    // what an unknown user's password is compared with, so that the time taken does not tell which names exist
    private static final String NOBODY = BCrypt.withDefaults().hashToString(10, "nobody".toCharArray());

    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<String, Principal> byToken = new ConcurrentHashMap<>();
    private final Map<String, byte[]> verified = new ConcurrentHashMap<>();
    private final byte[] salt = new byte[32];

    public AccountAuthenticator(Collection<Account> accounts) {
        for (Account account : accounts) {
            this.accounts.put(account.name(), account);
            for (String digest : account.tokenDigests()) {
                byToken.put(digest.toLowerCase(Locale.ROOT), new Principal(account.name(), account.roles()));
            }
        }
        new SecureRandom().nextBytes(salt);
    }

    @Override
    public Principal authenticate(Optional<String> authorization) {
        String header = authorization
                .orElseThrow(() -> failed("Give a user and password, or a token: this server asks who you are"))
                .trim();
        int blank = header.indexOf(' ');
        String scheme = blank < 0 ? header : header.substring(0, blank);
        String rest = blank < 0 ? "" : header.substring(blank + 1).trim();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(rest);
            case "bearer" -> bearer(rest);
            default -> throw failed("Authorization is by Basic or Bearer, not " + scheme);
        };
    }

    private Principal bearer(String token) {
        Principal principal =
                byToken.get(HexFormat.of().formatHex(sha256(new byte[0], token.getBytes(StandardCharsets.UTF_8))));
        if (principal == null) {
            throw failed("The token was not accepted");
        }
        return principal;
    }

    private Principal basic(String encoded) {
        byte[] pair;
        try {
            pair = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new QueryException(ErrorCode.AUTHENTICATION_FAILED, "The Basic credentials are not base 64", e);
        }
        int colon = 0;
        while (colon < pair.length && pair[colon] != ':') {
            colon++;
        }
        String user = new String(pair, 0, colon, StandardCharsets.UTF_8);
        byte[] password =
                colon < pair.length ? java.util.Arrays.copyOfRange(pair, colon + 1, pair.length) : new byte[0];
        Account account = accounts.get(user);
        if (!matches(account, password)) {
            throw failed("The user name or password was not accepted");
        }
        if (account == null) {
            throw failed("The user name or password was not accepted");
        }
        return new Principal(account.name(), account.roles());
    }

    private boolean matches(@Nullable Account account, byte[] password) {
        String hash = account == null ? NOBODY : account.passwordHash().orElse(NOBODY);
        byte[] digest = sha256(salt, (hash + "\n").getBytes(StandardCharsets.UTF_8), password);
        if (account != null) {
            byte[] known = verified.get(account.name());
            if (known != null && MessageDigest.isEqual(known, digest)) {
                return true;
            }
        }
        CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password));
        char[] text = new char[characters.remaining()];
        characters.get(text);
        boolean right = BCrypt.verifyer().verify(text, hash).verified;
        if (account == null || account.passwordHash().isEmpty() || !right) {
            return false;
        }
        verified.put(account.name(), digest);
        return true;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static QueryException failed(String message) {
        return new QueryException(ErrorCode.AUTHENTICATION_FAILED, message);
    }
}
