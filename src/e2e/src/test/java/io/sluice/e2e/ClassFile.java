/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is in the constant pool of a class file.
 *
 * @param classes the classes that it names, with slashes, those of arrays by their elements
 * @param strings the texts that its code has
 */
record ClassFile(Set<String> classes, Set<String> strings) {

  /**
   * Reads the constant pool.
   *
   * @throws IOException when it is none
   */
  static ClassFile read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipBytes(8);
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    Set<Integer> classes = new HashSet<>();
    Set<Integer> strings = new HashSet<>();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes.add(in.readUnsignedShort());
        case 8 -> strings.add(in.readUnsignedShort());
        case 16, 19, 20 -> in.skipBytes(2);
        case 15 -> in.skipBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4);
        case 5, 6 -> {
          // They take two places.
          in.skipBytes(8);
          i++;
        }
        default -> throw new IOException("a constant of kind " + tag);
      }
    }
    Set<String> named = new TreeSet<>();
    for (int index : classes) {
      String text = texts[index];
      if (!text.startsWith("[")) {
        named.add(text);
      } else if (text.endsWith(";")) {
        named.add(text.substring(text.indexOf('L') + 1, text.length() - 1));
      }
    }
    Set<String> said = new TreeSet<>();
    strings.forEach(index -> said.add(texts[index]));
    return new ClassFile(named, said);
  }
}
