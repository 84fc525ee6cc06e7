/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package org.apache.parquet;

import java.util.Map;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/**
 * Holds the settings of a reader that has no Hadoop. It is in Parquet's package for the sake of a
 * constructor: Parquet's builder makes Hadoop's codecs before it can be told of others.
 */
public final class PlainReadOptions extends ParquetReadOptions {
  private static final int ALLOCATION_BYTES = 8 << 20;

  /** Reads whole row groups with these codecs, and checks the pages that have a checksum. */
  public PlainReadOptions(CompressionCodecFactory codecs, ByteBufferAllocator allocator) {
    super(
        /* useSignedStringMinMax= */ false,
        /* useStatsFilter= */ false,
        /* useDictionaryFilter= */ false,
        /* useRecordFilter= */ false,
        /* useColumnIndexFilter= */ false,
        /* usePageChecksumVerification= */ true,
        /* useBloomFilter= */ false,
        /* useOffHeapDecryptBuffer= */ false,
        /* useHadoopVectoredIo= */ false,
        /* recordFilter= */ null,
        ParquetMetadataConverter.NO_FILTER,
        codecs,
        allocator,
        ALLOCATION_BYTES,
        Map.of(),
        /* fileDecryptionProperties= */ null,
        /* metricsCallback= */ null,
        new PlainParquetConfiguration());
  }
}
