// client_golang with the families and samples of a page, read from a file.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

type family struct {
	Name       string
	Help       string
	Type       string
	LabelNames []string
	Samples    []struct {
		Labels map[string]string
		Value  float64
	}
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	must(err)
	var families []family
	must(json.Unmarshal(text, &families))
	registry := prometheus.NewRegistry()
	for _, f := range families {
		register(registry, f)
	}
	http.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Printf("listening on http://%s\n", listener.Addr())
	go func() { must(http.Serve(listener, nil)) }()
	// Standard input ends with the run.
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func register(registry *prometheus.Registry, f family) {
	if f.Type == "counter" {
		vec := prometheus.NewCounterVec(prometheus.CounterOpts{Name: f.Name, Help: f.Help}, f.LabelNames)
		for _, s := range f.Samples {
			vec.With(all(f.LabelNames, s.Labels)).Add(s.Value)
		}
		must(registry.Register(vec))
		return
	}
	vec := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: f.Name, Help: f.Help}, f.LabelNames)
	for _, s := range f.Samples {
		vec.With(all(f.LabelNames, s.Labels)).Set(s.Value)
	}
	must(registry.Register(vec))
}

// all gives every label a value: client_golang wants that, the page leaves out what is empty.
func all(names []string, labels map[string]string) prometheus.Labels {
	complete := prometheus.Labels{}
	for _, name := range names {
		complete[name] = labels[name]
	}
	return complete
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
