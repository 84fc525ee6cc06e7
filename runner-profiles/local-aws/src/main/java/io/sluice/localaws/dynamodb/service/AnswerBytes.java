/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects an answer in parts, and puts them together once.
 *
 * <p>A page of a scan has some 2 MB. One array that grows would be copied ten times, each time as a
 * large object of its own, which the garbage collector handles at a cost.
 */
final class AnswerBytes extends OutputStream {

  private static final int FIRST = 512;
  private static final int MOST = 64 * 1024;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] part = new byte[FIRST];
  private int used;
  private int before;

  @Override
  public void write(int b) {
    reserve();
    part[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int at = from;
    int left = length;
    while (left > 0) {
      reserve();
      int some = Math.min(left, part.length - used);
      System.arraycopy(bytes, at, part, used, some);
      used += some;
      at += some;
      left -= some;
    }
  }

  private void reserve() {
    if (used == part.length) {
      full.add(part);
      before += used;
      part = new byte[Math.min(MOST, 2 * part.length)];
      used = 0;
    }
  }

  /** Drops all that was written. */
  void reset() {
    full.clear();
    before = 0;
    used = 0;
  }

  /** Copies what was written into one array. */
  byte[] toByteArray() {
    byte[] whole = new byte[before + used];
    int at = 0;
    for (byte[] bytes : full) {
      System.arraycopy(bytes, 0, whole, at, bytes.length);
      at += bytes.length;
    }
    System.arraycopy(part, 0, whole, at, used);
    return whole;
  }
}
