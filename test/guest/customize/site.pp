file { '/etc/by-puppet':
  content => "on ${facts['os']['name']}\n",
  mode    => '0600',
}
