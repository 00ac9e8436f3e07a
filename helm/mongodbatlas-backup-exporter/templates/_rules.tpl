{{/* The groups of files/rules.yaml, with what the values change. */}}
{{- define "atlas-backup.groups" -}}
{{- $groups := list -}}
{{- range $group := (.Files.Get "files/rules.yaml" | fromYaml).groups -}}
{{- $rules := $group.recordings -}}
{{- range $alert := $group.alerts -}}
{{- $own := dig $alert.name dict $.Values.rules.alerts -}}
{{- if dig "enabled" true $own -}}
{{- range $alert.severities -}}
{{- $rules = append $rules (include "atlas-backup.alert" (dict "root" $ "alert" $alert "own" $own "severity" .severity "expr" .expr) | fromJson) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $rules -}}
{{- $groups = append $groups (dict "name" $group.name "rules" $rules) -}}
{{- end -}}
{{- end -}}
{{- concat $groups .Values.rules.additionalGroups | toYaml -}}
{{- end }}

{{- define "atlas-backup.alert" -}}
{{- $alert := .alert -}}
{{- $own := .own -}}
{{- $values := .root.Values -}}
{{- $expr := .expr | replace "<<job>>" $values.scrape.job -}}
{{- $description := $alert.description -}}
{{- range $name, $parameter := $alert.parameters -}}
{{- $value := dig "parameters" $name $parameter.default $own -}}
{{- $text := include "atlas-backup.parameter" (dict "unit" $parameter.unit "value" $value) -}}
{{- $expr = $expr | replace (printf "<<%s>>" $name) $text -}}
{{- $description = $description | replace (printf "<<%s>>" $name) $text -}}
{{- end -}}
{{- $shipped := dict "summary" $alert.summary "description" $description "runbook_url" (printf "%s%s.md" $values.rules.runbooks $alert.name) -}}
{{- $severity := dict "severity" ($own.severity | default .severity) -}}
{{- $rule := dict
  "alert" $alert.name
  "expr" $expr
  "labels" (mergeOverwrite dict $values.rules.alertLabels $severity ($own.labels | default dict))
  "annotations" (mergeOverwrite $shipped $values.rules.alertAnnotations ($own.annotations | default dict))
-}}
{{- range $field, $time := dict "for" (dig "for" $alert.for $own) "keep_firing_for" (dig "keepFiringFor" $alert.keepFiringFor $own) -}}
{{- if ne $time "0s" -}}
{{- $_ := set $rule $field $time -}}
{{- end -}}
{{- end -}}
{{- $rule | toJson -}}
{{- end }}

{{/* As PromQL takes it. It knows no durations outside of brackets, so they become seconds. */}}
{{- define "atlas-backup.parameter" -}}
{{- if not (kindIs "string" .value) -}}
{{- ternary (int64 .value) .value (eq (float64 (int64 .value)) (float64 .value)) -}}
{{- else if and (eq .unit "seconds") (regexMatch "^[0-9]+[smhdw]$" .value) -}}
{{- $sizes := dict "s" 1 "m" 60 "h" 3600 "d" 86400 "w" 604800 -}}
{{- mul (trimAll "smhdw" .value | int64) (get $sizes (trunc -1 .value)) -}}
{{- else -}}
{{- .value -}}
{{- end -}}
{{- end }}
