/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.contract;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Checks batches: their limits, what they answer, and what they consume. */
class BatchContractTest {

  static final String CONTRACT =
      """
      - writes 25 items and leaves none unprocessed
        source: API reference, BatchWriteItem
        BatchWriteItem {'RequestItems':{'$hash':$each(25)<{'PutRequest':{'Item':{'h':{'S':'k#'}}}}>}}
        = {'UnprocessedItems':{},'ConsumedCapacity':'-'}

      - writes no 26 items to a table
        source: API reference, BatchWriteItem; answers recorded by paritysuite, 2026-09-20
        BatchWriteItem {'RequestItems':{'$hash':$each(26)<{'PutRequest':{'Item':{'h':{'S':'k#'}}}}>}}
        ! ValidationException 1 validation error detected: Value ...Member must have length less than or equal to 25...

      - writes no 26 items to several tables
        source: architect/dynalite, test/batchWriteItem.js
        not dynalite 4.0.0: takes 25 of each table
        BatchWriteItem {'RequestItems':{'$hash':$each(20)<{'PutRequest':{'Item':{'h':{'S':'k#'}}}}>,
        | '$other':$each(6)<{'PutRequest':{'Item':{'h':{'S':'k#'}}}}>}}
        ! ValidationException Too many items requested for the BatchWriteItem call

      - wants every item of a batch once
        source: API reference, BatchWriteItem; answers recorded by paritysuite
        BatchWriteItem {'RequestItems':{'$hash':[{'PutRequest':{'Item':{'h':{'S':'a'}}}},{'DeleteRequest':{'Key':{'h':{'S':'a'}}}}]}}
        ! ValidationException Provided list of item keys contains duplicates
        BatchGetItem {'RequestItems':{'$hash':{'Keys':[{'h':{'S':'a'}},{'h':{'S':'a'}}]}}}
        ! ValidationException Provided list of item keys contains duplicates

      - refuses a whole batch for one wrong item
        source: API reference, BatchWriteItem; answers recorded by paritysuite, four regions, 2026-06-23
        BatchWriteItem {'RequestItems':{'$hash':[{'PutRequest':{'Item':{'h':{'S':'whole'}}}},{'PutRequest':{'Item':{'x':{'S':'a'}}}}]}}
        ! ValidationException The provided key element does not match the schema
        GetItem {'TableName':'$hash','Key':{'h':{'S':'whole'}},'ConsistentRead':true}
        = {'Item':'-'}

      - says what is wrong with an item without an envelope
        source: answers recorded by paritysuite, four regions, 2026-10-09
        BatchWriteItem {'RequestItems':{'$hash':[{'PutRequest':{'Item':{'h':{'S':'a'},'n':{'N':'one'}}}}]}}
        ! ValidationException The parameter cannot be converted to a numeric value: one
        BatchWriteItem {'RequestItems':{'$hash':[{'PutRequest':{'Item':{'h':{'S':'a'},'n':{'N':'1E126'}}}}]}}
        ! ValidationException Number overflow. Attempting to store a number with magnitude larger than supported range

      - wants tables and items
        source: answers recorded by paritysuite, 2026-09-20 and 2026-10-09
        BatchWriteItem {'RequestItems':{'sluice-contract-no-such-table':[{'PutRequest':{'Item':{'h':{'S':'a'}}}}]}}
        ! ResourceNotFoundException Requested resource not found
        BatchWriteItem {'RequestItems':{}}
        ! ValidationException ...equestItems...
        BatchGetItem {'RequestItems':{'$hash':{'Keys':[]}}}
        ! ValidationException 1 validation error detected: Value ...Member must have length greater than or equal to 1

      - gets what is there
        source: API reference, BatchGetItem
        BatchWriteItem {'RequestItems':{'$hash':$each(3)<{'PutRequest':{'Item':{'h':{'S':'g#'},'x':{'S':'a'}}}}>}}
        = {}
        BatchGetItem {'RequestItems':{'$hash':{'Keys':[{'h':{'S':'g1'}},{'h':{'S':'g7'}}],'ConsistentRead':true,
        | 'ProjectionExpression':'x'}},'ReturnConsumedCapacity':'TOTAL'}
        = {'Responses':{'$hash':[{'x':{'S':'a'},'h':'-'}]},'UnprocessedKeys':{},
        | 'ConsumedCapacity':[{'TableName':'$hash','CapacityUnits':2}]}

      - gets no 101 items
        source: API reference, BatchGetItem; answers recorded by paritysuite
        BatchGetItem {'RequestItems':{'$hash':{'Keys':$each(101)<{'h':{'S':'k#'}}>}}}
        ! ValidationException ...ess than or equal to 100...

      - counts a unit for each kilobyte of an item, begun or full
        source: developer guide, Read/write capacity mode: write request units
        BatchWriteItem {'RequestItems':{'$hash':[{'PutRequest':{'Item':{'h':{'S':'u1'},'x':{'S':'$x(1020)'}}}},
        | {'PutRequest':{'Item':{'h':{'S':'u2'},'x':{'S':'$x(1021)'}}}}]},'ReturnConsumedCapacity':'TOTAL'}
        = {'ConsumedCapacity':[{'TableName':'$hash','CapacityUnits':3,'Table':'-'}]}

      - counts what indexes take, too
        source: developer guide, Using global secondary indexes: provisioned throughput considerations
        not dynalite 4.0.0: counts the table alone
        BatchWriteItem {'RequestItems':{'$indexed':[{'PutRequest':{'Item':{'h':{'S':'i'},'r':{'S':'1'},'l':{'S':'a'},
        | 'g':{'S':'a'},'x':{'S':'$x(1500)'}}}}]},'ReturnConsumedCapacity':'INDEXES'}
        = {'ConsumedCapacity':[{'TableName':'$indexed','CapacityUnits':5,'Table':{'CapacityUnits':2},
        | 'LocalSecondaryIndexes':{'local':{'CapacityUnits':2}},'GlobalSecondaryIndexes':{'global':{'CapacityUnits':1}}}]}

      - counts an index twice when its key changes, and never when nothing of it does
        source: developer guide, Using global secondary indexes; recorded by paritysuite, 2026
        not dynalite 4.0.0: counts the table alone
        PutItem {'TableName':'$indexed','Item':{'h':{'S':'c'},'r':{'S':'1'},'g':{'S':'a'}}}
        = {}
        PutItem {'TableName':'$indexed','Item':{'h':{'S':'c'},'r':{'S':'1'},'g':{'S':'b'}},'ReturnConsumedCapacity':'INDEXES'}
        = {'ConsumedCapacity':{'CapacityUnits':3,'GlobalSecondaryIndexes':{'global':{'CapacityUnits':2}},'LocalSecondaryIndexes':'-'}}
        PutItem {'TableName':'$indexed','Item':{'h':{'S':'c'},'r':{'S':'1'},'g':{'S':'b'},'x':{'S':'new'}},'ReturnConsumedCapacity':'INDEXES'}
        = {'ConsumedCapacity':{'CapacityUnits':1,'GlobalSecondaryIndexes':'-'}}

      - counts the larger of the item before and the one after
        source: developer guide, Read/write capacity mode
        PutItem {'TableName':'$hash','Item':{'h':{'S':'larger'},'x':{'S':'$x(3000)'}}}
        = {}
        PutItem {'TableName':'$hash','Item':{'h':{'S':'larger'}},'ReturnConsumedCapacity':'TOTAL'}
        = {'ConsumedCapacity':{'TableName':'$hash','CapacityUnits':3}}
        DeleteItem {'TableName':'$hash','Key':{'h':{'S':'larger'}},'ReturnConsumedCapacity':'TOTAL'}
        = {'ConsumedCapacity':{'CapacityUnits':1}}
        DeleteItem {'TableName':'$hash','Key':{'h':{'S':'larger'}},'ReturnConsumedCapacity':'TOTAL'}
        = {'ConsumedCapacity':{'CapacityUnits':1}}

      - knows no other detail of what was consumed
        source: answers recorded by paritysuite, eu-west-2 and us-east-1, 2026-10-09
        BatchWriteItem {'RequestItems':{'$hash':[{'PutRequest':{'Item':{'h':{'S':'a'}}}}]},'ReturnConsumedCapacity':'ALL'}
        ! ValidationException 1 validation error detected: Value 'ALL' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]
      """;

  private static ContractRun run;

  @BeforeAll
  static void open() throws IOException {
    run = prepare(new ContractRun(Endpoint.open(), ""));
  }

  /** Creates the tables that this contract is about. */
  static ContractRun prepare(ContractRun run) {
    return run.with("hash", TableDescriptions.HASH)
        .with("other", TableDescriptions.HASH)
        .with("indexed", TableDescriptions.INDEXED);
  }

  @AfterAll
  static void close() {
    run.close();
  }

  @TestFactory
  Stream<DynamicTest> isKept() {
    return run.tests(CONTRACT);
  }
}
