/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import java.io.Serializable;
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
      Pattern.compile("jdbc:[^/@?;]*?//|jdbc:[a-zA-Z0-9.+-]+:(thin:|oci8?:)?");

  /** What comes after the name of the database, and may be a password. */
  private static final Pattern SETTINGS = Pattern.compile("[?;&#]|:[a-zA-Z]+=");

  /** A shorter one is part of too many words. */
  private static final int LEAST_SECRET = 3;

  /** Returns the URL without user, password and settings. */
  String shown() {
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.lookingAt()) {
      return "jdbc:…";
    }
    String rest = text.substring(scheme.end());
    Matcher settings = SETTINGS.matcher(rest);
    int end = settings.find() ? settings.start() : rest.length();
    int at = rest.lastIndexOf('@');
    if (at >= end) {
      // The sign may be that of a password: nothing is known to be harmless.
      return scheme.group() + "…";
    }
    return scheme.group() + rest.substring(at + 1, end);
  }

  /** Replaces the URL and the password in a text. */
  String scrubbed(String message) {
    String scrubbed = message.replace(text, shown());
    return password == null || password.length() < LEAST_SECRET
        ? scrubbed
        : scrubbed.replace(password, "***");
  }

  /** Leaves out what is secret, because this may end up in a log. */
  @Override
  public String toString() {
    return shown();
  }
}
