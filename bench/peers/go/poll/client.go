package main

import (
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

const mostUses = 1000
const longestLife = 50 * time.Second

type client struct {
	base string
	http *http.Client
	lock sync.Mutex
	// The nonce in use, how often it was used, and since when.
	realm, nonce string
	count        int
	since        time.Time
}

func newClient(base string, concurrency int) *client {
	transport := &http.Transport{MaxIdleConnsPerHost: concurrency, DisableCompression: true}
	return &client{base: base, http: &http.Client{Transport: transport, Timeout: time.Minute}}
}

var challenged = regexp.MustCompile(`realm="([^"]*)".* nonce="([^"]*)"`)

// read gets one target and says when the newest completed snapshot in it was taken.
func (c *client) read(target string) (time.Time, error) {
	for try := 0; try < 3; try++ {
		authorization, err := c.authorization(target)
		if err != nil {
			return time.Time{}, err
		}
		response, err := c.get(target, authorization)
		if err != nil {
			return time.Time{}, err
		}
		if response.StatusCode == http.StatusUnauthorized {
			_, _ = io.Copy(io.Discard, response.Body)
			response.Body.Close()
			continue
		}
		newest, err := decode(target, response)
		// Only a body read to its end lets the connection be used again.
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		return newest, err
	}
	return time.Time{}, fmt.Errorf("%s: not authorised", target)
}

func (c *client) get(target, authorization string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, c.base+target, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/vnd.atlas.2023-01-01+json")
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	return c.http.Do(request)
}

// authorization signs with the nonce in use, or asks for the next one.
func (c *client) authorization(target string) (string, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.nonce == "" || c.count >= mostUses || time.Since(c.since) > longestLife {
		response, err := c.get(target, "")
		if err != nil {
			return "", err
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		found := challenged.FindStringSubmatch(response.Header.Get("WWW-Authenticate"))
		if found == nil {
			return "", fmt.Errorf("%s: no challenge", target)
		}
		c.realm, c.nonce, c.count, c.since = found[1], found[2], 0, time.Now()
	}
	c.count++
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	nc, cnonce := fmt.Sprintf("%08x", c.count), hex.EncodeToString(random)
	secret, asked := hash("simulator:"+c.realm+":simulator-key"), hash("GET:"+target)
	response := hash(strings.Join([]string{secret, c.nonce, nc, cnonce, "auth", asked}, ":"))
	return fmt.Sprintf(`Digest username="simulator", realm="%s", nonce="%s", uri="%s", algorithm=MD5, `+
		`response="%s", qop=auth, nc=%s, cnonce="%s"`, c.realm, c.nonce, target, response, nc, cnonce), nil
}

func hash(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

func decode(target string, response *http.Response) (time.Time, error) {
	if response.StatusCode != http.StatusOK {
		_, err := io.Copy(io.Discard, response.Body)
		return time.Time{}, err
	}
	decoder := json.NewDecoder(response.Body)
	path := strings.SplitN(target, "?", 2)[0]
	switch {
	case strings.Contains(path, "/flexClusters/"):
		return newest[flexSnapshot](decoder)
	case strings.Contains(path, "/backup/snapshots"):
		return newest[cloudSnapshot](decoder)
	case strings.HasSuffix(path, "/snapshots"):
		return newest[legacySnapshot](decoder)
	case strings.HasSuffix(path, "/backup/schedule"):
		return time.Time{}, decoder.Decode(&schedule{})
	case strings.HasSuffix(path, "lusters"):
		return time.Time{}, decoder.Decode(&listing[cluster]{})
	default:
		return time.Time{}, decoder.Decode(&listing[project]{})
	}
}
