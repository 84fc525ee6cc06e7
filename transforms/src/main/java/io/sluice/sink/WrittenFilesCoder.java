/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import io.sluice.item.page.ScanCompletenessCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes the files and the tally of the pages in them; deterministic. */
public final class WrittenFilesCoder extends AtomicCoder<WrittenFiles> {
  private static final long serialVersionUID = 1L;
  private static final WrittenFilesCoder INSTANCE = new WrittenFilesCoder();
  private static final ListCoder<WrittenFiles.File> FILES = ListCoder.of(new FileCoder());

  private WrittenFilesCoder() {}

  public static WrittenFilesCoder of() {
    return INSTANCE;
  }

  /** Lets {@code @DefaultCoder} find this coder. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(WrittenFiles.class), INSTANCE);
  }

  @Override
  public void encode(WrittenFiles written, OutputStream out) throws IOException {
    FILES.encode(written.files(), out);
    ScanCompletenessCoder.of().encode(written.scan(), out);
  }

  @Override
  public WrittenFiles decode(InputStream in) throws IOException {
    List<WrittenFiles.File> files = FILES.decode(in);
    return new WrittenFiles(files, ScanCompletenessCoder.of().decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private Object readResolve() {
    return INSTANCE;
  }

  private static final class FileCoder extends AtomicCoder<WrittenFiles.File> {
    private static final long serialVersionUID = 1L;
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
    private static final VarLongCoder NUMBER = VarLongCoder.of();

    @Override
    public void encode(WrittenFiles.File file, OutputStream out) throws IOException {
      TEXT.encode(file.place(), out);
      NUMBER.encode(file.items(), out);
      NUMBER.encode(file.bytes(), out);
      TEXT.encode(file.md5(), out);
    }

    @Override
    public WrittenFiles.File decode(InputStream in) throws IOException {
      return new WrittenFiles.File(
          TEXT.decode(in), NUMBER.decode(in), NUMBER.decode(in), TEXT.decode(in));
    }
  }
}
