/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.ContentCheck;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Selects the files to read: those that match patterns at the first request, or a given list.
 *
 * <p>A list is compressed when it travels with the pipeline to the runner and its workers: 300,000
 * names of a data lake take a few megabytes.
 */
final class FileSelection implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No files, for a reader that has been given its slices. */
  static final FileSelection NONE = of(List.of());

  private final List<String> patterns;

  /** What manifests say about the contents of files, by file name. */
  private final Map<String, ContentCheck> checks;

  private final byte @Nullable [] packed;
  private transient @Nullable List<MatchResult.Metadata> listed;

  private FileSelection(
      List<String> patterns,
      Map<String, ContentCheck> checks,
      byte @Nullable [] packed,
      @Nullable List<MatchResult.Metadata> listed) {
    this.patterns = patterns;
    this.checks = checks;
    this.packed = packed;
    this.listed = listed;
  }

  static FileSelection matching(List<String> patterns) {
    return new FileSelection(List.copyOf(patterns), Map.of(), null, null);
  }

  static FileSelection of(List<MatchResult.Metadata> files) {
    List<MatchResult.Metadata> some = List.copyOf(files);
    return new FileSelection(List.of(), Map.of(), pack(some), some);
  }

  FileSelection withChecks(Map<String, ContentCheck> more) {
    return new FileSelection(patterns, Map.copyOf(more), packed, listed);
  }

  /** Returns a whole file as a slice, with what a manifest says about it. */
  FileSlice whole(MatchResult.Metadata file) {
    return FileSlice.whole(file.resourceId(), file.sizeBytes())
        .checkedBy(checks.get(file.resourceId().toString()));
  }

  /**
   * Returns the files, each once, sorted by name; listed at the first call and the same from then
   * on.
   */
  synchronized List<MatchResult.Metadata> list(Format format) throws IOException {
    if (listed == null && packed == null) {
      listed = InputFiles.match(patterns, format);
    }
    return list();
  }

  /** Returns the files of a selection that was made from a list. */
  synchronized List<MatchResult.Metadata> list() throws IOException {
    if (listed == null) {
      listed = unpack(Objects.requireNonNull(packed, "only patterns are known"));
    }
    return listed;
  }

  private static byte[] pack(List<MatchResult.Metadata> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(files.size());
      for (MatchResult.Metadata file : files) {
        out.writeObject(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<MatchResult.Metadata> unpack(byte[] packed) throws IOException {
    try (ObjectInputStream in =
        new WorkersObjects(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
      int count = in.readInt();
      List<MatchResult.Metadata> files = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        files.add((MatchResult.Metadata) in.readObject());
      }
      return files;
    } catch (ClassNotFoundException e) {
      throw new IOException("the workers lack a class that the submitting program has", e);
    }
  }

  /**
   * Resolves classes for a cluster, where this class and the file systems may be in the job's own
   * class loader.
   */
  private static final class WorkersObjects extends ObjectInputStream {
    WorkersObjects(InflaterInputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(java.io.ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, FileSelection.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type);
      }
    }
  }
}
