/**
 * The benchmark: {@code mvn verify -Pbench}.
 *
 * <pre>
 *  BenchIT > Benchmark        starts the processes, one pair at a time, and adds up what they find
 *      |           |
 *      |           +-- core 0: Generator > Parts > JMH > the classes ...Benchmark, without a server
 *      |           +-- core 0: Rollcall's WAR | BareEndpoint's WAR on the same server | PlainLoop
 *      |           |           or ServerCluster, several processes of Rollcall's WAR
 *      |           +-- core 1: Generator > Scenario > SimulatedUsers > EventLoop > WebSocketClient
 *      |                          |
 *      |                     GeneratorOutput, lines of text: steps, figures, points of a plot
 *      v                          |
 *  Report &lt; Results &lt;-------------+     a table in Markdown, plots as SVG
 * </pre>
 *
 * <p>Core 0 has the server alone, core 1 all its clients. The generator is one thread with one
 * selector; scenarios are plain sequences of steps on that thread, each of which turns the loop
 * until something holds. A state that is wrong, a diff that is missing and a connection that is
 * lost end the run with a sentence: figures of a server that does the wrong thing are worth
 * nothing.
 */
@NullMarked
package org.rollcall.bench;

import org.jspecify.annotations.NullMarked;
