/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ManifestJson;
import io.sluice.source.WholeFiles;
import io.sluice.testing.LocalAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A folder in S3.
 *
 * @param folder its key, ending in a slash
 */
record PublishedOutput(String folder) {
  private static final LocalAws AWS = LocalAws.shared();

  /** The names of all objects in it. */
  Set<String> objects() {
    Set<String> names = new TreeSet<>();
    AWS
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(AWS.bucket()).prefix(folder))
        .contents()
        .stream()
        .map(S3Object::key)
        .forEach(key -> names.add(key.substring(folder.length())));
    return names;
  }

  /**
   * Reads the items of the one snapshot below {@code out/}, by their key, the string {@code id}.
   * There must be no file that its manifest does not list, and none that was staged.
   */
  Map<String, Map<String, AttributeValue>> items() throws IOException {
    Set<String> there = objects();
    List<String> published = there.stream().filter(key -> key.endsWith("/_SUCCESS")).toList();
    assertThat(there.toString(), published.size(), is(1));
    String snapshot = published.get(0).substring(0, published.get(0).lastIndexOf('/') + 1);
    Manifest manifest =
        ManifestJson.read(new String(get(snapshot + "_manifest.json"), StandardCharsets.UTF_8));
    Set<String> expected = new TreeSet<>();
    for (String file : List.of("_started", "_manifest.json", "_SUCCESS")) {
      expected.add(snapshot + file);
    }
    manifest.files().forEach(file -> expected.add(snapshot + file.name()));
    there.removeIf(key -> key.startsWith("out/_catalog/"));
    assertThat(there, is(expected));

    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    Path copy = Files.createTempFile("published", ".parquet");
    for (Manifest.File file : manifest.files()) {
      Files.write(copy, get(snapshot + file.name()));
      for (Map<String, AttributeValue> item : WholeFiles.items("PARQUET", copy.toString())) {
        assertThat("twice: " + item, items.put(item.get("id").s(), item) == null, is(true));
      }
    }
    Files.delete(copy);
    return items;
  }

  private byte[] get(String name) {
    return AWS.s3()
        .getObjectAsBytes(get -> get.bucket(AWS.bucket()).key(folder + name))
        .asByteArray();
  }
}
