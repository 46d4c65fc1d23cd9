file '/etc/by-chef'
