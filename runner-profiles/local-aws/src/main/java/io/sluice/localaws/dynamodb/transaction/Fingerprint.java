/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import io.sluice.localaws.dynamodb.operation.Request;
import io.sluice.localaws.dynamodb.value.Numbers;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Tells requests apart by their contents: equal ones have the same fingerprint, whatever the order
 * of their members, of attributes and of the elements of sets.
 */
final class Fingerprint {

  private final DataOutputStream out;

  private Fingerprint(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** Computes the fingerprint of the actions of a transaction: 128 bits of SHA-256. */
  static UUID of(List<Map<String, Request>> items) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Fingerprint fingerprint =
          new Fingerprint(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      for (Map<String, Request> actions : items) {
        for (Map.Entry<String, Request> action : actions.entrySet()) {
          fingerprint.write(action.getKey());
          fingerprint.write(action.getValue().content());
        }
      }
      ByteBuffer bits = ByteBuffer.wrap(digest.digest());
      return new UUID(bits.getLong(), bits.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Map<String, ?> members) throws IOException {
    out.writeInt(members.size());
    for (Map.Entry<String, ?> member : new TreeMap<String, Object>(members).entrySet()) {
      write(member.getKey());
      if (member.getValue() instanceof Map<?, ?> map) {
        write(cast(map));
      } else if (member.getValue() instanceof Value value) {
        write(value);
      } else {
        write(member.getValue().toString());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> cast(Map<?, ?> map) {
    return (Map<String, ?>) map;
  }

  private void write(Value value) throws IOException {
    write(value.type());
    if (value instanceof Value.M m) {
      write(m.values());
    } else if (value instanceof Value.L l) {
      out.writeInt(l.values().size());
      for (Value element : l.values()) {
        write(element);
      }
    } else if (value instanceof Value.S s) {
      write(s.text());
    } else if (value instanceof Value.N n) {
      write(Numbers.format(n.number()));
    } else if (value instanceof Value.B b) {
      write(b.bytes().toString());
    } else if (value instanceof Value.Bool bool) {
      out.writeBoolean(bool.bool());
    } else if (value instanceof Value.SS ss) {
      writeSorted(ss.texts());
    } else if (value instanceof Value.NS ns) {
      writeSorted(ns.numbers().stream().map(Numbers::format).toList());
    } else if (value instanceof Value.BS bs) {
      writeSorted(bs.binaries().stream().map(Object::toString).toList());
    }
  }

  private void writeSorted(Collection<String> elements) throws IOException {
    String[] sorted = elements.toArray(String[]::new);
    Arrays.sort(sorted);
    out.writeInt(sorted.length);
    for (String element : sorted) {
      write(element);
    }
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
