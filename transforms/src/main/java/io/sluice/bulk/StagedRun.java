/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.FileStream;
import io.sluice.report.SectionJson;
import io.sluice.snapshot.Folder;
import io.sluice.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;

/**
 * The folder of what is loaded: the files that workers have written, by submissions of the job, and
 * claims, each with copies of exactly the files that DynamoDB reads. Files of workers that were
 * repeated or killed are in no claim.
 */
public final class StagedRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLAIM = "claim-";
  private static final String END = ".json";
  private static final String ID = ".arn";
  private static final String SCHEME = "s3://";

  private final Folder folder;

  private StagedRun(Folder folder) {
    this.folder = folder;
  }

  /** Names the folder, which need not exist. */
  public static StagedRun in(String folder) {
    return new StagedRun(Folder.of(folder));
  }

  /** Returns the folder in which the workers of a submission write, ending in a slash. */
  static String staged(String folder, String submission) {
    return Folder.of(folder).path() + "staged/" + submission + "/";
  }

  /** Returns the path of the folder, ending in a slash. */
  String path() {
    return folder.path();
  }

  /** Whether an earlier job has begun to have the same items loaded, and did not end. */
  public boolean isBegun() throws IOException {
    return last().isPresent();
  }

  /** Returns the latest claim. */
  Optional<Claim> last() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String name : folder.list(CLAIM + "*" + END).keySet()) {
      String number = name.substring(CLAIM.length(), name.length() - END.length());
      if (number.matches("[0-9]{1,9}")) {
        numbers.add(Integer.valueOf(number));
      }
    }
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of(read(numbers.stream().max(Comparator.naturalOrder()).get()));
  }

  Claim read(int number) throws IOException {
    return JSON.readValue(read(CLAIM + number + END), Claim.class);
  }

  /**
   * Copies files of a submission to where DynamoDB reads them, and claims them.
   *
   * @param after the number of the claim whose rest they are; 0 for none
   * @return the claim of this number, which is that of another attempt if it was first
   */
  Claim claim(int number, int after, String submission, List<StagedFile> files) throws IOException {
    String own = number + "-" + UUID.randomUUID() + "/";
    Map<String, String> names = new TreeMap<>();
    for (StagedFile file : files) {
      String name = StagedFile.ofItems(file.name());
      names.put(name, own + name);
    }
    folder.copyFrom(Folder.of(staged(path(), submission)), names);
    checkCopied(own, files);
    Claim claim = new Claim(number, after, submission, own, files);
    byte[] json = SectionJson.write(claim).getBytes(UTF_8);
    return Storage.createNew(path() + CLAIM + number + END, json, "application/json")
        ? claim
        : read(number);
  }

  /** Returns the ARN of the operation that was started for a claim, if that is known. */
  Optional<String> idOf(Claim claim) throws IOException {
    return folder.read(CLAIM + claim.number() + ID).map(id -> new String(id, UTF_8));
  }

  /** Notes the ARN of the operation that was started for a claim. */
  void began(Claim claim, String id) throws IOException {
    folder.write(CLAIM + claim.number() + ID, id.getBytes(UTF_8), "text/plain");
  }

  private void checkCopied(String own, List<StagedFile> files) throws IOException {
    TreeMap<String, Long> there = Folder.of(path() + own).list();
    for (StagedFile file : files) {
      Long bytes = there.get(StagedFile.ofItems(file.name()));
      if (bytes == null || bytes != file.bytes()) {
        throw new IOException(
            "%s%s%s is not as it was written".formatted(path(), own, file.name()));
      }
    }
  }

  /** Returns the bucket of the folder. */
  String bucket() {
    String rest = path().substring(SCHEME.length());
    return rest.substring(0, rest.indexOf('/'));
  }

  /** Returns what the keys of objects in a folder of the run begin with. */
  String keyPrefix(String within) {
    return path().substring(SCHEME.length() + bucket().length() + 1) + within;
  }

  /** Opens a file of the submission that has made a claim. */
  InputStream open(Claim claim, String name) throws IOException {
    return unzipped(staged(path(), claim.submission()).substring(path().length()) + name);
  }

  /** Opens a compressed file. */
  InputStream unzipped(String name) throws IOException {
    return new GZIPInputStream(
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchNewResource(path() + name, false))));
  }

  /** Lists the files in a folder of the run, which need not exist. */
  Set<String> list(String within) throws IOException {
    return folder.list(within + "**").keySet();
  }

  /** Reads a file. */
  byte[] read(String name) throws IOException {
    return folder
        .read(name)
        .orElseThrow(() -> new IOException(path() + name + " was deleted meanwhile"));
  }

  /**
   * Stages the last items of a file, and their origins, once more.
   *
   * @param items how many
   */
  StagedFile copyRest(Claim claim, StagedFile file, long items, String submission)
      throws IOException {
    String name = file.name() + "-" + (claim.number() + 1);
    String place = staged(path(), submission) + name;
    long from = file.items() - items;
    copyLines(claim, StagedFile.ofOrigins(file.name()), from, StagedFile.ofOrigins(place));
    return new StagedFile(
        name,
        items,
        copyLines(claim, StagedFile.ofItems(file.name()), from, StagedFile.ofItems(place)));
  }

  /** Returns the length of the copy. */
  private long copyLines(Claim claim, String name, long from, String place) throws IOException {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(open(claim, name), UTF_8));
        FileStream out = FileStream.create(FileSystems.matchNewResource(place, false))) {
      GZIPOutputStream zipped = new GZIPOutputStream(out);
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (number++ >= from) {
          zipped.write((line + "\n").getBytes(UTF_8));
        }
      }
      zipped.finish();
      return out.position();
    }
  }

  /** Deletes all of it. */
  public void delete() throws IOException {
    folder.delete(folder.list().keySet());
  }
}
