/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Made-up files, and what an import of them must give: computed here, by splitting at commas, and
 * not by the code that is tested.
 */
final class Trips {
  static final String HEADER = "trip_id,pickup,distance,fare,flag,note";

  private final List<String> files = new ArrayList<>();
  private final Map<String, Map<String, AttributeValue>> itemsByMd5 = new LinkedHashMap<>();
  private long rows;
  private long blanks;
  private long broken;
  private long duplicates;

  private Trips() {}

  /** Files of so many rows each; some rows are blank, broken, or there twice. */
  static Trips make(int files, int rowsPerFile) {
    Trips trips = new Trips();
    Random random = new Random(files * 31L + rowsPerFile);
    List<String> written = new ArrayList<>();
    for (int f = 0; f < files; f++) {
      StringBuilder csv = new StringBuilder(HEADER).append("\n\n");
      trips.rows++;
      trips.blanks++;
      for (int r = 0; r < rowsPerFile; r++) {
        String line = row(random, f * rowsPerFile + r);
        int dice = random.nextInt(100);
        if (dice == 0) {
          line = "not,enough";
          trips.broken++;
        } else if (dice == 1) {
          line = line.replaceFirst(",[0-9.]+,([YN])", ",many,$1");
          trips.broken++;
        } else if (dice < 5 && !written.isEmpty()) {
          line = written.get(random.nextInt(written.size()));
          trips.duplicates++;
        } else {
          trips.itemsByMd5.put(md5(line), itemOf(line));
          written.add(line);
        }
        csv.append(line).append(r % 2 == 0 ? "\r\n" : "\n");
        trips.rows++;
      }
      trips.files.add(csv.toString());
    }
    return trips;
  }

  private static String row(Random random, int id) {
    String distance = random.nextInt(40) + "." + (1000 + random.nextInt(9000)) + "0000000003";
    String fare = random.nextInt(10) == 0 ? "." + (10 + random.nextInt(90)) : "" + id % 97;
    String note = random.nextInt(5) == 0 ? "" : "caf\u00e9 \ud83d\ude95 " + random.nextInt(1000);
    String flag = random.nextBoolean() ? "Y" : "N";
    return id
        + ",2019-01-01 00:00:"
        + (10 + id % 50)
        + ","
        + distance
        + ","
        + fare
        + ","
        + flag
        + ","
        + note;
  }

  private static Map<String, AttributeValue> itemOf(String line) {
    String[] f = line.split(",", -1);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromS(md5(line)));
    item.put("trip_id", AttributeValue.fromS(f[0]));
    item.put("pickup", AttributeValue.fromS(f[1]));
    item.put("distance", AttributeValue.fromN(f[2]));
    item.put("fare", AttributeValue.fromN(f[3].startsWith(".") ? stripZero("0" + f[3]) : f[3]));
    item.put("flag", AttributeValue.fromBool(f[4].equals("Y")));
    if (!f[5].isEmpty()) {
      item.put("note", AttributeValue.fromS(f[5]));
    }
    return item;
  }

  /** As DynamoDB spells a number: without zeros at its end. */
  private static String stripZero(String number) {
    return number.replaceFirst("0$", "");
  }

  private static String md5(String line) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(line.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().withUpperCase().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> files() {
    return files;
  }

  /** What the table must hold, by partition key. */
  Map<String, Map<String, AttributeValue>> items() {
    return itemsByMd5;
  }

  long rows() {
    return rows;
  }

  long blanks() {
    return blanks;
  }

  long broken() {
    return broken;
  }

  long duplicates() {
    return duplicates;
  }
}
