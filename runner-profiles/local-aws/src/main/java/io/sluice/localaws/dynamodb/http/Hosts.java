/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.http;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Knows by which names clients reach a server on the loopback address: an IP address, {@code
 * localhost}, or the name that its own address was given by. A server on another address is there
 * for other machines, which may have any name for it.
 *
 * <p>A page of the web can have its own name resolved to an address of this machine; a browser then
 * lets it read what a server here answers. Such requests have the page's name as their Host.
 */
final class Hosts {

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+(%[^\\[\\]]+)?]");

  private final boolean loopback;
  private final String own;

  /** Knows the names of a server that listens on {@code address}. */
  Hosts(InetAddress address) {
    this.loopback = address.isLoopbackAddress();
    // Name and number, as is documented, of which the name may be empty; and no look-up.
    String text = address.toString();
    this.own = text.substring(0, text.indexOf('/'));
  }

  /** Reports whether a Host header, with a port or without, is for this server. */
  boolean has(String host) {
    String name = PORT.matcher(host.trim()).replaceFirst("");
    return !loopback
        || name.equalsIgnoreCase("localhost")
        || ADDRESS.matcher(name).matches()
        || !own.isEmpty() && name.equalsIgnoreCase(own);
  }
}
