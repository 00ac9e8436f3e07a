// A poll as one would write it in Go: net/http, encoding/json, digest authentication with a reused
// nonce. For each line of its standard input it makes the requests of a file, so many at a time, and
// prints what that took: milliseconds of CPU and of the clock.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	base := flag.String("url", "", "where Atlas listens")
	file := flag.String("targets", "", "file with a path and query a line")
	concurrency := flag.Int("concurrency", 10, "requests under way at once")
	flag.Parse()
	targets := lines(*file)
	client := newClient(*base, *concurrency)
	for asked := bufio.NewScanner(os.Stdin); asked.Scan(); {
		cpu, from := cpuMs(), time.Now()
		newest := poll(client, targets, *concurrency)
		fmt.Printf("%f %f %d\n", cpuMs()-cpu, float64(time.Since(from).Microseconds())/1000, newest)
	}
}

// poll asks for every target and returns of how many clusters the newest completed snapshot was found.
func poll(client *client, targets []string, concurrency int) int64 {
	queue := make(chan string)
	var found int64
	var workers sync.WaitGroup
	for n := 0; n < concurrency; n++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for target := range queue {
				newest, err := client.read(target)
				must(err)
				if !newest.IsZero() {
					atomic.AddInt64(&found, 1)
				}
			}
		}()
	}
	for _, target := range targets {
		queue <- target
	}
	close(queue)
	workers.Wait()
	return found
}

func lines(file string) []string {
	opened, err := os.Open(file)
	must(err)
	defer opened.Close()
	var all []string
	for scanner := bufio.NewScanner(opened); scanner.Scan(); {
		all = append(all, scanner.Text())
	}
	return all
}

func cpuMs() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e6
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
