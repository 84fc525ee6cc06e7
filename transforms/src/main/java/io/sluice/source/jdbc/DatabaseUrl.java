/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The URL of a database, with the password, neither of which is ever printed as it is.
 *
 * @param text the URL, which may have a password in it
 * @param password the password that was given beside it; null for none
 */
record DatabaseUrl(String text, @Nullable String password) implements Serializable {
  /** What comes before the host, and before a user that is in the URL. */
  private static final Pattern SCHEME =
      Pattern.compile(
          "jdbc:(?:[a-zA-Z0-9.+-]+:){1,3}//|jdbc:[a-zA-Z0-9.+-]+:(?<oracle>thin:|oci8?:)?");

  /** What comes after the name of the database, and may be a password. */
  private static final Pattern SETTINGS = Pattern.compile("[?;&#]|:[a-zA-Z_]+=");

  private static final String NAME = "[\\p{L}\\p{N}_.$-]+";

  /** Hosts with their ports, and the path of the database, or its name behind a port. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?://)?(?:HOST(?:,HOST)*)?(?:(?:/NAME)*|(?<=:\\d{1,5}):NAME)/*"
              .replace("HOST", "(?:[a-zA-Z0-9_.-]+|\\[[0-9a-fA-F:.]+])(?::\\d{1,5})?")
              .replace("NAME", NAME));

  /** A single word, or a path from the root, the home or the working directory. */
  private static final Pattern FILE =
      Pattern.compile("(?:NAME)?|(?:~|[.]{1,2}|[a-zA-Z]:)?(?:[/\\\\]NAME)+".replace("NAME", NAME));

  /** The value of a setting that may be a secret, in whichever way a driver spells settings. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)[a-z0-9_.-]*(?:passw|pwd|secret|token|key|credential)[a-z0-9_.-]*=([^?;&#,()]+)");

  /** A shorter one is part of too many words. */
  private static final int LEAST_SECRET = 3;

  /**
   * Returns what is surely harmless: the scheme, hosts with their ports, and the name of the
   * database. An ellipsis takes the place of what is of another form.
   */
  String shown() {
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.lookingAt()) {
      return "jdbc:…";
    }
    String rest = text.substring(scheme.end());
    Matcher settings = SETTINGS.matcher(rest);
    int end = settings.find() ? settings.start() : rest.length();
    int at = rest.lastIndexOf('@');
    // A sign behind the beginning of the settings may be that of a password.
    return at < end && isHarmless(scheme, rest.substring(at + 1, end), at >= 0)
        ? scheme.group() + rest.substring(at + 1, end)
        : scheme.group() + "…";
  }

  private static boolean isHarmless(Matcher scheme, String place, boolean isBehindUser) {
    if (scheme.group().endsWith("//") || isBehindUser) {
      return PLACE.matcher(place).matches();
    }
    return scheme.group("oracle") == null && FILE.matcher(place).matches();
  }

  /** Replaces the URL and the passwords in a text. */
  String scrubbed(String message) {
    String scrubbed = message.replace(text, shown());
    for (String secret : secrets()) {
      if (secret.length() >= LEAST_SECRET) {
        scrubbed = scrubbed.replace(secret, "***");
      }
    }
    return scrubbed;
  }

  /** Returns the password, and what may be one in the URL: as it is there, and decoded. */
  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    if (password != null) {
      secrets.add(password);
    }
    Matcher scheme = SCHEME.matcher(text);
    int at = text.lastIndexOf('@');
    if (scheme.lookingAt() && at > scheme.end()) {
      String user = text.substring(scheme.end(), at);
      Matcher sign = Pattern.compile("[:/]").matcher(user);
      if (sign.find()) {
        secrets.add(user);
        secrets.add(user.substring(sign.end()));
      }
    }
    for (Matcher secret = SECRET.matcher(text); secret.find(); ) {
      secrets.add(secret.group(1));
      secrets.add(decoded(secret.group(1)));
    }
    secrets.sort(Comparator.comparing(String::length).reversed());
    return secrets;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  /** Leaves out what is secret, because this may end up in a log. */
  @Override
  public String toString() {
    return shown();
  }
}
