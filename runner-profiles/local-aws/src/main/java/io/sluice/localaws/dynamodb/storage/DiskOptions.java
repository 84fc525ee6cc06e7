/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.Filter;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WriteOptions;

/**
 * Sets up RocksDB, whose library is there, for some gigabytes, and for an open that takes little
 * time.
 */
final class DiskOptions implements AutoCloseable {

  private static final long BLOCK_CACHE = 64L << 20;
  // After a kill at most this much of the log, and as much again, must be read.
  private static final long WRITE_BUFFER = 32L << 20;
  private static final double BITS_PER_KEY = 10;

  private final Cache cache = new LRUCache(BLOCK_CACHE);
  private final Filter filter = new BloomFilter(BITS_PER_KEY, false);
  private final UInt64AddOperator adds = new UInt64AddOperator();
  private final Options database;
  private final WriteOptions write;

  DiskOptions() {
    database =
        new Options()
            .setCreateIfMissing(true)
            .setWriteBufferSize(WRITE_BUFFER)
            .setMaxBackgroundJobs(2)
            .setMergeOperator(adds)
            // The processor is dearer than the disk.
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter))
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(1)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0);
    // The log goes to the operating system with each write, and is not forced onto the disk.
    write = new WriteOptions().setSync(false);
  }

  /** Gives the options of the database. */
  Options database() {
    return database;
  }

  /** Gives the options of each write. */
  WriteOptions write() {
    return write;
  }

  @Override
  public void close() {
    write.close();
    database.close();
    adds.close();
    filter.close();
    cache.close();
  }
}
