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

/** Checks what the service says of tables, and what it refuses to make. */
class TableContractTest {

  private static final String PROVISIONED =
      "'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':3},"
          + "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}]";

  private static final String LIMITED =
      TableDescriptions.HASH
          + ",'OnDemandThroughput':{'MaxReadRequestUnits':50,'MaxWriteRequestUnits':40}";

  static final String CONTRACT =
      """
      - describes a table
        source: API reference, TableDescription
        not dynalite 4.0.0: has no DeletionProtectionEnabled
        DescribeTable {'TableName':'$indexed'}
        = {'Table':{'TableName':'$indexed','TableStatus':'ACTIVE','ItemCount':'*','TableSizeBytes':'*','TableArn':'*','TableId':'*',
        | 'CreationDateTime':'*','DeletionProtectionEnabled':false,'BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST'},
        | 'KeySchema':[{'AttributeName':'h','KeyType':'HASH'},{'AttributeName':'r','KeyType':'RANGE'}],
        | 'LocalSecondaryIndexes':[{'IndexName':'local','Projection':{'ProjectionType':'ALL'},'IndexArn':'*','ItemCount':'*','IndexSizeBytes':'*'}],
        | 'GlobalSecondaryIndexes':[{'IndexName':'global','IndexStatus':'ACTIVE','Backfilling':'-',
        | 'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['p']}}]}}

      - reports no capacity of a table on demand
        source: API reference, ProvisionedThroughputDescription
        DescribeTable {'TableName':'$indexed'}
        = {'Table':{'ProvisionedThroughput':{'ReadCapacityUnits':0,'WriteCapacityUnits':0}}}

      - reports the capacity of a table that has some
        source: API reference, ProvisionedThroughputDescription
        DescribeTable {'TableName':'$provisioned'}
        = {'Table':{'BillingModeSummary':'-','OnDemandThroughput':'-',
        | 'ProvisionedThroughput':{'ReadCapacityUnits':7,'WriteCapacityUnits':3,'NumberOfDecreasesToday':0}}}

      - reports the most that a table on demand may consume
        source: API reference, OnDemandThroughput
        not dynalite 4.0.0: has no OnDemandThroughput
        DescribeTable {'TableName':'$demand'}
        = {'Table':{'OnDemandThroughput':{'MaxReadRequestUnits':50,'MaxWriteRequestUnits':40}}}

      - reports what a new table on demand can do at once
        source: developer guide, Warm throughput: 12,000 reads and 4,000 writes a second by default
        not dynalite 4.0.0: has no WarmThroughput
        DescribeTable {'TableName':'$indexed'}
        = {'Table':{'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}}}

      - has a table of a name once
        source: API reference, CreateTable: ResourceInUseException
        not dynalite 4.0.0: gives no message
        CreateTable {'TableName':'$demand','BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],
        | 'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}]}
        ! ResourceInUseException Table already exists: $demand

      - defines no attribute that is no key
        source: architect/dynalite, test/createTable.js
        CreateTable {'TableName':'sluice-contract-not-made','BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],
        | 'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'},{'AttributeName':'x','AttributeType':'S'}]}
        ! ValidationException One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions

      - has keys of one or two attributes
        source: answers recorded by paritysuite, 2026-09-20
        CreateTable {'TableName':'sluice-contract-not-made','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}],
        | 'KeySchema':[{'AttributeName':'h','KeyType':'HASH'},{'AttributeName':'r','KeyType':'RANGE'},{'AttributeName':'s','KeyType':'RANGE'}]}
        ! ValidationException 1 validation error detected: Value ... at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2

      - has names of 3 to 255 letters, digits, dots, hyphens and underscores
        source: developer guide, Naming rules; answers recorded by paritysuite, 2026-09-20
        not dynalite 4.0.0: has the words of former years
        DescribeTable {'TableName':'ab'}
        ! ValidationException ...Member must have length greater than or equal to 3...
        DescribeTable {'TableName':'no table'}
        ! ValidationException ...Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+

      - lists names of global indexes that are wrong before those of local ones
        source: answers recorded by paritysuite, eu-west-2 and us-east-1, 2026-10-09
        not dynalite 4.0.0: has them the other way round
        CreateTable {'TableName':'sluice-contract-not-made','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'}],
        | 'KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],
        | 'LocalSecondaryIndexes':[{'IndexName':'l1','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}],
        | 'GlobalSecondaryIndexes':[{'IndexName':'g1','KeySchema':[{'AttributeName':'h','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}]}
        ! ValidationException 2 validation errors detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' ... Value 'l1' at 'localSecondaryIndexes.1.member.indexName' ...

      - is not switched off by a time to live that is off
        source: API reference, DescribeTimeToLive
        DescribeTimeToLive {'TableName':'$demand'}
        = {'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED','AttributeName':'-'}}
      """;

  private static ContractRun run;

  @BeforeAll
  static void open() throws IOException {
    run = prepare(new ContractRun(Endpoint.open(), ""));
  }

  /** Creates the tables that this contract is about. */
  static ContractRun prepare(ContractRun run) {
    return run.with("demand", LIMITED)
        .with("indexed", TableDescriptions.INDEXED)
        .with("provisioned", PROVISIONED);
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
