package main

import (
	"encoding/json"
	"time"
)

// The fields that the exporter reads, too.

type listing[T any] struct {
	Results    []T `json:"results"`
	TotalCount int `json:"totalCount"`
	Links      []struct {
		Rel string `json:"rel"`
	} `json:"links"`
}

type project struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	OrgID string `json:"orgId"`
}

type cluster struct {
	ID             string    `json:"id"`
	Name           string    `json:"name"`
	GroupID        string    `json:"groupId"`
	ClusterType    string    `json:"clusterType"`
	CreateDate     time.Time `json:"createDate"`
	Paused         bool      `json:"paused"`
	BackupEnabled  bool      `json:"backupEnabled"`
	PitEnabled     bool      `json:"pitEnabled"`
	MongoDBVersion string    `json:"mongoDBVersion"`
	Tags           []struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	} `json:"tags"`
	ReplicationSpecs []struct {
		RegionConfigs []struct {
			ProviderName   string `json:"providerName"`
			ElectableSpecs struct {
				InstanceSize string `json:"instanceSize"`
			} `json:"electableSpecs"`
		} `json:"regionConfigs"`
	} `json:"replicationSpecs"`
}

type schedule struct {
	ClusterID             string    `json:"clusterId"`
	NextSnapshot          time.Time `json:"nextSnapshot"`
	ReferenceHourOfDay    int       `json:"referenceHourOfDay"`
	ReferenceMinuteOfHour int       `json:"referenceMinuteOfHour"`
	Policies              []struct {
		PolicyItems []struct {
			ID                string `json:"id"`
			FrequencyType     string `json:"frequencyType"`
			FrequencyInterval int    `json:"frequencyInterval"`
			RetentionUnit     string `json:"retentionUnit"`
			RetentionValue    int    `json:"retentionValue"`
		} `json:"policyItems"`
	} `json:"policies"`
}

type cloudSnapshot struct {
	ID               string   `json:"id"`
	Status           string   `json:"status"`
	CreatedAt        string   `json:"createdAt"`
	ExpiresAt        string   `json:"expiresAt"`
	SnapshotType     string   `json:"snapshotType"`
	FrequencyType    string   `json:"frequencyType"`
	CloudProvider    string   `json:"cloudProvider"`
	MongodVersion    string   `json:"mongodVersion"`
	MasterKeyUUID    string   `json:"masterKeyUUID"`
	PolicyItems      []string `json:"policyItems"`
	StorageSizeBytes int64    `json:"storageSizeBytes"`
	Type             string   `json:"type"`
}

func (s cloudSnapshot) completedAt() string {
	if s.Status != "completed" {
		return ""
	}
	return s.CreatedAt
}

type flexSnapshot struct {
	ID             string `json:"id"`
	Status         string `json:"status"`
	StartTime      string `json:"startTime"`
	FinishTime     string `json:"finishTime"`
	ScheduledTime  string `json:"scheduledTime"`
	Expiration     string `json:"expiration"`
	MongoDBVersion string `json:"mongoDBVersion"`
}

func (s flexSnapshot) completedAt() string {
	if s.Status != "COMPLETED" {
		return ""
	}
	return s.StartTime
}

type legacySnapshot struct {
	ID       string `json:"id"`
	Complete bool   `json:"complete"`
	Expires  string `json:"expires"`
	Created  struct {
		Date string `json:"date"`
	} `json:"created"`
	Parts []struct {
		StorageSizeBytes int64  `json:"storageSizeBytes"`
		MongodVersion    string `json:"mongodVersion"`
	} `json:"parts"`
}

func (s legacySnapshot) completedAt() string {
	if !s.Complete {
		return ""
	}
	return s.Created.Date
}

// newest compares the dates as they are written and parses the one that wins.
func newest[T interface{ completedAt() string }](decoder *json.Decoder) (time.Time, error) {
	var listed listing[T]
	if err := decoder.Decode(&listed); err != nil {
		return time.Time{}, err
	}
	latest := ""
	for _, snapshot := range listed.Results {
		if at := snapshot.completedAt(); at > latest {
			latest = at
		}
	}
	if latest == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, latest)
}
