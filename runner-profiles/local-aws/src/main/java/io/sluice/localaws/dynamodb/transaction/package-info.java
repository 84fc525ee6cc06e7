/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Reads and writes up to 100 items of several tables, all of them or none: TransactGetItems and
 * TransactWriteItems.
 *
 * <p>A transaction holds the locks of all its items while it looks at conditions and writes, so it
 * is serial to every other write and transaction. The service instead cancels one of two requests
 * that meet, with a TransactionConflict; here the later one waits, and no request is ever cancelled
 * for another. A request with the client token of one in progress waits for it, too.
 *
 * <p>No requests can wait for each other in a circle: each takes the locks of a table in the order
 * of their numbers and tables in the order of their names, and all other writes take one lock.
 */
package io.sluice.localaws.dynamodb.transaction;
